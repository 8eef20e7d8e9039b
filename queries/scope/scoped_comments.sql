-- Surveys in which something was written, by the day of the answer.
-- :period day, may be undated
-- :dimensions tier, segment, region, industry, channel, department, team, product
-- :personal comment
SELECT
    survey_id, customer_id, kind, sent_at, answered_at, day, score, outcome, touchpoint, comment,
    tier, segment, region, industry, channel, department, team, product
FROM fact_surveys
WHERE comment IS NOT NULL
