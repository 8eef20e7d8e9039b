-- The tickets behind a service-level figure, the latest due first. Times are the team's clock; `total` counts all.
-- :param stage one of response, feedback, resolution — which clock
-- :param outcome one of any, decided, met, missed, running, none = missed — which of them; missed = breached + overdue
-- :relation cohort one of due:scoped_clocks, opened:scoped_clocks_opened, open:scoped_open_clocks = due — tickets due or
--   opened in the period, or open ones without that step whenever they were opened
-- :param kind text = null — only this kind
-- :param priority text = null — only this priority
-- :param category text = null — only this category
-- :param persona text = null — only this persona
-- :param limit int = 200 — at most so many rows
-- :grain ticket_id
WITH
matching AS NOT MATERIALIZED (
    SELECT *
    FROM $cohort
    WHERE
        stage = $stage
        AND (
            $outcome = 'any'
            OR state = CAST($outcome AS VARCHAR)
            OR $outcome = 'missed' AND state IN ('breached', 'overdue')
            OR $outcome = 'decided' AND state IN ('met', 'breached', 'overdue')
        )
        AND chosen(kind, $kind)
    AND chosen(priority, $priority)
    AND chosen(category, $category)
    AND chosen(persona, $persona)
),
first_rows AS (
    SELECT *, (SELECT count(*) FROM matching) AS total
    FROM matching
    ORDER BY due_at DESC NULLS LAST, ticket_id
    LIMIT $limit
)
SELECT
    clocks.ticket_id,
    texts.customer_id,
    texts.customer_name,
    clocks.tier, clocks.is_vip, clocks.kind, clocks.priority, clocks.category, clocks.channel, clocks.department,
    clocks.team, clocks.product, clocks.region, texts.agent_id,
    clocks.stage,
    clocks.state,
    local_time(clocks.opened_at) AS opened_at,
    local_time(clocks.due_at) AS due_at,
    local_time(clocks.done_at) AS done_at,
    clocks.minutes,
    CASE
        WHEN clocks.state IN ('breached', 'overdue')
            THEN (epoch(coalesce(clocks.done_at, CAST($as_of AS TIMESTAMP))) - epoch(clocks.due_at)) / 60
    END AS minutes_late,
    hide_personal(texts.text) AS text,
    clocks.total
FROM first_rows AS clocks
JOIN scoped_ticket_texts AS texts ON texts.ticket_id = clocks.ticket_id
ORDER BY clocks.due_at DESC NULLS LAST, clocks.ticket_id
