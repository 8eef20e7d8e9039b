-- Open tickets that are past due: each at the target missed longest ago, the longest first, VIPs first on ties. Times are
-- the team's clock; `total` counts them all.
-- :period ignored — it shows the state as of the data's last moment
-- :param stage one of any, response, feedback, resolution = any — which clock
-- :param limit int = 50 — at most so many rows
-- :grain ticket_id
WITH
missed AS (
    SELECT *
    FROM scoped_open_clocks
    WHERE state = 'overdue' AND ($stage = 'any' OR stage = $stage)
    QUALIFY row_number() OVER (PARTITION BY ticket_id ORDER BY due_at, stage) = 1
),
first_rows AS (
    SELECT *, count(*) OVER () AS total
    FROM missed
    ORDER BY due_at, coalesce(is_vip, FALSE) DESC, ticket_id
    LIMIT $limit
)
SELECT
    (epoch(CAST($as_of AS TIMESTAMP)) - epoch(clocks.due_at)) / 60 AS minutes_late,
    clocks.stage,
    clocks.ticket_id,
    texts.customer_id,
    texts.customer_name,
    clocks.tier, clocks.is_vip, clocks.kind, clocks.priority, clocks.channel, clocks.department, clocks.team,
    texts.agent_id,
    local_time(clocks.opened_at) AS opened_at,
    local_time(clocks.due_at) AS due_at,
    hide_personal(texts.text) AS text,
    clocks.total
FROM first_rows AS clocks
JOIN scoped_ticket_texts AS texts ON texts.ticket_id = clocks.ticket_id
ORDER BY clocks.due_at, coalesce(clocks.is_vip, FALSE) DESC, clocks.ticket_id
