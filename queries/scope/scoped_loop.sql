-- The way of the tickets opened in the period: when each step of it is recorded, and by `furthest` the last of them that
-- is (1 accepted, 2 assigned, 3 responded, 4 feedback, 5 resolved, 6 confirmed, 7 closed). A ticket that was reopened and
-- stands open has not been resolved.
-- :period day
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    ticket_id, opened_day AS day, opened_at,
    assigned_at, first_response_at, feedback_at,
    CASE WHEN NOT is_open THEN resolved_at END AS resolved_at,
    CASE WHEN NOT is_open THEN confirmed_at END AS confirmed_at,
    CASE WHEN NOT is_open THEN closed_at END AS closed_at,
    CASE
        WHEN NOT is_open AND closed_at IS NOT NULL THEN 7
        WHEN NOT is_open AND confirmed_at IS NOT NULL THEN 6
        WHEN NOT is_open AND resolved_at IS NOT NULL THEN 5
        WHEN feedback_at IS NOT NULL THEN 4
        WHEN first_response_at IS NOT NULL THEN 3
        WHEN assigned_at IS NOT NULL THEN 2
        ELSE 1
    END AS furthest,
    tier, segment, region, industry, channel, department, team, product
FROM fact_tickets
