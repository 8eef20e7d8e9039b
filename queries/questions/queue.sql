-- Open tickets in the order to take them, by time of the clock that judges them: each at its running target with the least time
-- left; or at the target missed by the most; or waiting for the customer, who stops the clock. VIPs first on ties. Times are
-- the team's clock; `total` counts them all.
-- :period ignored — it shows the state as of the data's last moment
-- :param which one of running, overdue, paused = running — which of them
-- :param stage one of any, response, feedback, resolution = any — which target
-- :param limit int = 50 — at most so many rows
-- :grain ticket_id
WITH
margins AS (
    SELECT *, coalesce(left_minutes, -late_minutes) AS margin
    FROM scoped_open_clocks
    WHERE state = CAST($which AS VARCHAR) AND ($stage = 'any' OR stage = $stage)
    QUALIFY row_number() OVER (PARTITION BY ticket_id ORDER BY coalesce(left_minutes, -late_minutes) NULLS LAST, stage) = 1
),
first_rows AS (
    SELECT *, count(*) OVER () AS total
    FROM margins
    ORDER BY margin NULLS LAST, coalesce(is_vip, FALSE) DESC, due_at, ticket_id
    LIMIT $limit
)
SELECT
    clocks.left_minutes AS minutes_left,
    clocks.late_minutes AS minutes_late,
    clocks.ticket_id,
    clocks.stage,
    local_time(clocks.due_at) AS due_at,
    texts.customer_id,
    texts.customer_name,
    clocks.tier, clocks.is_vip, clocks.kind, clocks.priority, clocks.channel, clocks.department, clocks.team,
    texts.agent_id,
    clocks.rule AS sla_rule,
    clocks.clock,
    local_time(clocks.opened_at) AS opened_at,
    texts.text,
    clocks.total
FROM first_rows AS clocks
JOIN scoped_ticket_texts AS texts ON texts.ticket_id = clocks.ticket_id
ORDER BY clocks.margin NULLS LAST, coalesce(clocks.is_vip, FALSE) DESC, clocks.due_at, clocks.ticket_id
