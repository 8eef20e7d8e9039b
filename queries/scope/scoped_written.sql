-- What was written in tickets, surveys and contacts, and by whom: to be joined by source and number to the few rows shown.
-- :dimensions tier, segment, region, industry, channel, department, team, product
-- :personal customer_name, text
SELECT
    said.source, said.said_id, dim_customer.name AS customer_name, said.text,
    said.tier, said.segment, said.region, said.industry, said.channel, said.department, said.team, said.product
FROM (
    SELECT
        'ticket' AS source, ticket_id AS said_id, customer_id, text,
        tier, segment, region, industry, channel, department, team, product
    FROM fact_tickets
    UNION ALL
    SELECT
        'survey' AS source, survey_id AS said_id, customer_id, comment AS text,
        tier, segment, region, industry, channel, department, team, product
    FROM fact_surveys
    UNION ALL
    SELECT
        'interaction' AS source, interaction_id AS said_id, customer_id, text,
        tier, segment, region, industry, channel, department, team, NULL AS product
    FROM fact_interactions
) AS said
LEFT JOIN dim_customer ON dim_customer.customer_id = said.customer_id
