-- The way of the tickets opened in the period: when each step of it is recorded, and by `furthest` the last of them that
-- is (1 accepted, 2 assigned, 3 responded, 4 feedback, 5 resolved, 6 confirmed, 7 closed).
-- :period day
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    ticket_id, opened_day AS day, opened_at,
    assigned_at, first_response_at, feedback_at, resolved_at, confirmed_at, closed_at,
    CASE
        WHEN closed_at IS NOT NULL THEN 7
        WHEN confirmed_at IS NOT NULL THEN 6
        WHEN resolved_at IS NOT NULL THEN 5
        WHEN feedback_at IS NOT NULL THEN 4
        WHEN first_response_at IS NOT NULL THEN 3
        WHEN assigned_at IS NOT NULL THEN 2
        ELSE 1
    END AS furthest,
    tier, segment, region, industry, channel, department, team, product
FROM fact_tickets
