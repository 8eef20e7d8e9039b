-- Steps of single tickets that their row has no column for.
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    events.event_id, events.ticket_id, events.happened_at, events.kind, events.note,
    fact_tickets.tier, fact_tickets.segment, fact_tickets.region, fact_tickets.industry,
    fact_tickets.channel, fact_tickets.department, fact_tickets.team, fact_tickets.product
FROM events
JOIN fact_tickets ON fact_tickets.ticket_id = events.ticket_id
