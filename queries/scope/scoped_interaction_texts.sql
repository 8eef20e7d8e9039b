-- What was said in a contact, and by whom: to be joined to the few rows that are shown.
-- :dimensions tier, segment, region, industry, channel, department, team
-- :personal customer_name, text
SELECT
    fact_interactions.interaction_id, dim_customer.name AS customer_name, fact_interactions.text,
    fact_interactions.tier, fact_interactions.segment, fact_interactions.region, fact_interactions.industry,
    fact_interactions.channel, fact_interactions.department, fact_interactions.team
FROM fact_interactions
LEFT JOIN dim_customer ON dim_customer.customer_id = fact_interactions.customer_id
