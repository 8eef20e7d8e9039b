-- What customers wrote in the period, in five pools (complaint, praise, idea, question, other): ask for the ones you need.
-- Those without a date stand outside every period.
-- :period day
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    text_id, pool, source, ticket_id, survey_id, interaction_id, customer_id, said_at, day,
    CAST(date_trunc('week', day) AS DATE) AS week,
    CAST(date_trunc('month', day) AS DATE) AS month,
    kind, category, touchpoint, score, converted, has_text, is_vip,
    cause, cause_by, scenario, unhappy, mood_by, mood_error, topic_id,
    tier, segment, region, industry, channel, department, team, product
FROM fact_texts
