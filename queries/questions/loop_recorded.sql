-- How many tickets the data records each step of the closed loop for, whenever they were opened: 0 = never.
-- :period ignored — what the source records does not depend on it
-- :grain accepted
SELECT
    count(*) AS accepted,
    count(assigned_at) AS assigned,
    count(first_response_at) AS responded,
    count(feedback_at) AS feedback,
    count(resolved_at) AS resolved,
    count(confirmed_at) AS confirmed,
    count(closed_at) AS closed
FROM scoped_loop
