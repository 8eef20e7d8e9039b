-- The tickets behind a service-level figure, the most late first, then the latest due. Times are the team's clock; `total` counts all.
-- :param stage one of response, feedback, resolution — which clock
-- :param outcome one of any, decided, met, breached, overdue, missed, running, paused, none, narrow, nearly_due = missed —
--   which of them; missed = breached + overdue; narrow = met, nearly_due = running, with more than $near of the target used
-- :param near number = 0.8 — the share of a target from which on it was narrow
-- :relation cohort one of due:scoped_clocks, opened:scoped_clocks_opened, open:scoped_open_clocks = due — tickets due or
--   opened in the period, or open ones without that step whenever they were opened
-- :param kind text = null — only this kind
-- :param priority text = null — only this priority
-- :param category text = null — only this category
-- :param persona text = null — only this persona
-- :param sla_rule text = null — only tickets under this rule
-- :param late_over number = null — only those late by more minutes
-- :param late_up_to number = null — only those late by so many minutes or fewer
-- :column moment one of opened:opened_week_hour, due:due_week_hour = opened — which hour of the week `week_hour` means
-- :param week_hour int = null — only those of this hour of the week, 0 being Monday 00:00 to 01:00
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
            OR ($outcome = 'narrow' AND state = 'met' OR $outcome = 'nearly_due' AND state = 'running')
            AND needed_minutes > $near * target_minutes
        )
        AND chosen(kind, $kind)
        AND chosen(priority, $priority)
        AND chosen(category, $category)
        AND chosen(persona, $persona)
        AND chosen(rule, $sla_rule)
        AND ($late_over IS NULL OR late_minutes > $late_over)
        AND ($late_up_to IS NULL OR late_minutes <= $late_up_to)
        AND ($week_hour IS NULL OR $moment = $week_hour)
),
first_rows AS (
    SELECT *, (SELECT count(*) FROM matching) AS total
    FROM matching
    ORDER BY late_minutes DESC NULLS LAST, due_at DESC NULLS LAST, ticket_id
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
    clocks.rule AS sla_rule,
    clocks.target_minutes AS minutes_target,
    clocks.late_minutes AS minutes_late,
    texts.text,
    clocks.total
FROM first_rows AS clocks
JOIN scoped_ticket_texts AS texts ON texts.ticket_id = clocks.ticket_id
ORDER BY clocks.late_minutes DESC NULLS LAST, clocks.due_at DESC NULLS LAST, clocks.ticket_id
