-- When single tickets waited for the customer, and what for.
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    pauses.pause_id, pauses.ticket_id, pauses.started_at, pauses.ended_at, pauses.reason,
    fact_tickets.tier, fact_tickets.segment, fact_tickets.region, fact_tickets.industry,
    fact_tickets.channel, fact_tickets.department, fact_tickets.team, fact_tickets.product
FROM pauses
JOIN fact_tickets ON fact_tickets.ticket_id = pauses.ticket_id
