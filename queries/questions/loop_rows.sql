-- The tickets opened in the period by the step of the closed loop that they have come to, the longest waiting first.
-- Times are the team's clock; `total` counts them all.
-- :param furthest int = 1 — 1 accepted, 2 assigned, 3 responded, 4 feedback, 5 resolved, 6 confirmed, 7 closed
-- :param limit int = 200 — at most so many rows
-- :grain ticket_id
WITH
matching AS NOT MATERIALIZED (SELECT * FROM scoped_loop WHERE furthest = $furthest),
first_rows AS (
    SELECT *, (SELECT count(*) FROM matching) AS total
    FROM matching
    ORDER BY opened_at, ticket_id
    LIMIT $limit
)
SELECT
    tickets.ticket_id,
    texts.customer_id,
    texts.customer_name,
    tickets.tier, tickets.channel, tickets.department, tickets.team, tickets.product, tickets.region,
    texts.agent_id,
    local_time(tickets.opened_at) AS opened_at,
    local_time(tickets.assigned_at) AS assigned_at,
    local_time(tickets.first_response_at) AS first_response_at,
    local_time(tickets.feedback_at) AS feedback_at,
    local_time(tickets.resolved_at) AS resolved_at,
    local_time(tickets.confirmed_at) AS confirmed_at,
    local_time(tickets.closed_at) AS closed_at,
    texts.text,
    tickets.total
FROM first_rows AS tickets
JOIN scoped_ticket_texts AS texts ON texts.ticket_id = tickets.ticket_id
ORDER BY tickets.opened_at, tickets.ticket_id
