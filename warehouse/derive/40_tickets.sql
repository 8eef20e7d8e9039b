-- One row per ticket with everything people filter by, and per stage its due time, when it was done, and the verdict.
-- A stage counts as done when a later one is: whoever resolves a ticket has also responded to it.
CREATE TEMP TABLE ticket_stages AS
SELECT
    t.ticket_id,
    coalesce(t.first_response_at, t.feedback_at, t.resolved_at, t.closed_at) AS response_done_at,
    coalesce(t.feedback_at, t.resolved_at, t.closed_at) AS feedback_done_at,
    coalesce(t.resolved_at, t.closed_at) AS resolution_done_at
FROM tickets AS t;

CREATE TEMP TABLE ticket_pauses AS
SELECT
    s.ticket_id,
    sum(overlap_seconds(p.started_at, p.ended_at, s.response_done_at)) AS response,
    sum(overlap_seconds(p.started_at, p.ended_at, s.feedback_done_at)) AS feedback,
    sum(overlap_seconds(p.started_at, p.ended_at, s.resolution_done_at)) AS resolution
FROM pause_spans AS p
JOIN ticket_stages AS s USING (ticket_id)
GROUP BY s.ticket_id;

CREATE TABLE fact_tickets AS
WITH placed AS (
    SELECT
        t.*, s.* EXCLUDE (ticket_id), c.* EXCLUDE (customer_id, name, owner, signed_up_on, consent, strategic),
        coalesce(t.team, a.team) AS ticket_team, coalesce(t.department, a.department) AS ticket_department,
        g.* EXCLUDE (kind, priority, is_vip, day), local(t.opened_at) AS opened_local,
        coalesce(p.response, 0) AS response_paused,
        coalesce(p.feedback, 0) AS feedback_paused,
        coalesce(p.resolution, 0) AS resolution_paused
    FROM tickets AS t
    JOIN ticket_stages AS s USING (ticket_id)
    LEFT JOIN dim_customer AS c USING (customer_id)
    LEFT JOIN agents AS a USING (agent_id)
    LEFT JOIN targets AS g ON g.kind = t.kind AND g.priority IS NOT DISTINCT FROM t.priority
        AND g.is_vip = coalesce(c.is_vip, false) AND g.day = local(t.opened_at)::DATE
    LEFT JOIN ticket_pauses AS p USING (ticket_id)
),
due AS (
    SELECT
        *,
        due_at(response_due_at, opened_at, opened_local, response_hours, response_day, is_workday, response_paused)
            AS response_by,
        due_at(feedback_due_at, opened_at, opened_local, feedback_hours, feedback_day, is_workday, feedback_paused)
            AS feedback_by,
        due_at(resolution_due_at, opened_at, opened_local, resolution_hours, resolution_day, is_workday, resolution_paused)
            AS resolution_by
    FROM placed
)
SELECT
    ticket_id, customer_id, agent_id,
    kind::dim_kind AS kind, priority::dim_priority AS priority, channel::dim_channel AS channel,
    category::dim_category AS category, product::dim_product AS product,
    ticket_department::dim_department AS department, ticket_team::dim_team AS team,
    department AS given_department, team AS given_team,
    tier, segment, region, industry, persona, coalesce(is_vip, false) AS is_vip,
    opened_at, assigned_at, first_response_at, feedback_at, resolved_at, confirmed_at, closed_at,
    opened_local::DATE AS opened_day,
    date_trunc('week', opened_local)::DATE AS opened_week,
    date_trunc('month', opened_local)::DATE AS opened_month,
    hour(opened_local) AS opened_hour,
    local(resolution_done_at)::DATE AS resolved_day,
    local(closed_at)::DATE AS closed_day,
    resolution_done_at IS NULL AS is_open,
    response_done_at, response_by AS response_due_at,
    cohort_day(response_by, response_met, response_done_at, opened_at) AS response_due_day,
    elapsed_minutes(opened_at, response_done_at, response_paused) AS response_minutes,
    stage_state(response_met, response_done_at, response_by) AS response_state,
    feedback_done_at, feedback_by AS feedback_due_at,
    cohort_day(feedback_by, feedback_met, feedback_done_at, opened_at) AS feedback_due_day,
    elapsed_minutes(opened_at, feedback_done_at, feedback_paused) AS feedback_minutes,
    stage_state(feedback_met, feedback_done_at, feedback_by) AS feedback_state,
    resolution_done_at, resolution_by AS resolution_due_at,
    cohort_day(resolution_by, resolution_met, resolution_done_at, opened_at) AS resolution_due_day,
    elapsed_minutes(opened_at, resolution_done_at, resolution_paused) AS resolution_minutes,
    stage_state(resolution_met, resolution_done_at, resolution_by) AS resolution_state,
    response_due_at AS given_response_due_at, feedback_due_at AS given_feedback_due_at,
    resolution_due_at AS given_resolution_due_at, response_met, feedback_met, resolution_met,
    reopen_count, transfers, escalation_level, compensation, satisfaction, text
FROM due
ORDER BY opened_at;
