-- What unhappy customers said, whenever: for comparisons with other days than the period's.
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    text_id, source, ticket_id, survey_id, customer_id, said_at, day,
    CAST(date_trunc('week', day) AS DATE) AS week,
    CAST(date_trunc('month', day) AS DATE) AS month,
    category, is_vip, score, has_text,
    tier, segment, region, industry, channel, department, team, product
FROM fact_complaints
