-- Surveys answered (else sent) in the period, one row each. Surveys without any date stand outside every period.
-- :period day, may be undated
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    survey_id, customer_id, ticket_id, kind, sent_at, answered_at, day, week, month, score, outcome, touchpoint, persona,
    tier, segment, region, industry, channel, department, team, product
FROM fact_surveys
