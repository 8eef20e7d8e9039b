-- What was written in a survey, and by whom: to be joined to the few rows that are shown.
-- :dimensions tier, segment, region, industry, channel, department, team, product
-- :personal customer_name, comment
SELECT
    fact_surveys.survey_id, dim_customer.name AS customer_name, fact_surveys.comment,
    fact_surveys.tier, fact_surveys.segment, fact_surveys.region, fact_surveys.industry, fact_surveys.channel,
    fact_surveys.department, fact_surveys.team, fact_surveys.product
FROM fact_surveys
LEFT JOIN dim_customer ON dim_customer.customer_id = fact_surveys.customer_id
