-- When single tickets waited for the customer, and what for.
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    fact_pauses.pause_id, fact_pauses.ticket_id, fact_pauses.started_at, fact_pauses.ended_at, fact_pauses.reason,
    fact_tickets.tier, fact_tickets.segment, fact_tickets.region, fact_tickets.industry,
    fact_tickets.channel, fact_tickets.department, fact_tickets.team, fact_tickets.product
FROM fact_pauses
JOIN fact_tickets ON fact_tickets.ticket_id = fact_pauses.ticket_id
