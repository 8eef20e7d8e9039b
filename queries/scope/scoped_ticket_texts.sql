-- What was written in a ticket, and by whom: to be joined to the few rows that are shown.
-- :dimensions tier, segment, region, industry, channel, department, team, product
-- :personal customer_name, text
SELECT
    fact_tickets.ticket_id, fact_tickets.customer_id, fact_tickets.agent_id, dim_customer.name AS customer_name, fact_tickets.text,
    fact_tickets.tier, fact_tickets.segment, fact_tickets.region, fact_tickets.industry, fact_tickets.channel,
    fact_tickets.department, fact_tickets.team, fact_tickets.product
FROM fact_tickets
LEFT JOIN dim_customer ON dim_customer.customer_id = fact_tickets.customer_id
