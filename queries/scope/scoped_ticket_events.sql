-- Steps of single tickets that their row has no column for.
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    fact_events.event_id, fact_events.ticket_id, fact_events.happened_at, fact_events.kind, fact_events.note,
    fact_tickets.tier, fact_tickets.segment, fact_tickets.region, fact_tickets.industry,
    fact_tickets.channel, fact_tickets.department, fact_tickets.team, fact_tickets.product
FROM fact_events
JOIN fact_tickets ON fact_tickets.ticket_id = fact_events.ticket_id
