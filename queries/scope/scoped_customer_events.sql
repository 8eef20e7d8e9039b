-- What happened with each customer: orders, tickets as they were opened, contacts and surveys, one row each, whenever it was.
-- :dimensions tier, segment, region, industry
-- :personal comment
SELECT
    customer_id, event, ref, happened_at, day, status, product, net, kind, category, channel, is_open, is_late, score, outcome, contact,
    direction, topic, connected, survey, touchpoint, comment, tier, segment, region, industry
FROM customer_events
