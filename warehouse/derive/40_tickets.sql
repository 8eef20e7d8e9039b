-- One row per ticket with everything people filter by, and per stage its due time, when it was done, and the verdict.
-- A stage counts as done when a later one is: whoever resolves a ticket has also responded to it.
CREATE TEMP TABLE ticket_stages AS
SELECT
    t.ticket_id,
    CASE WHEN k.response THEN coalesce(t.first_response_at, t.feedback_at, t.resolved_at, t.closed_at) END AS response_done_at,
    CASE WHEN k.feedback THEN coalesce(t.feedback_at, t.resolved_at, t.closed_at) END AS feedback_done_at,
    coalesce(t.resolved_at, t.closed_at) AS resolution_done_at
FROM tickets AS t, recorded AS k;

-- Every ticket with its customer, agent and targets; due times before any pause.
CREATE TEMP VIEW ticket_targets AS
SELECT
    t.*, s.* EXCLUDE (ticket_id), c.* EXCLUDE (customer_id, name, owner, signed_up_on, consent, strategic),
    coalesce(t.team, a.team) AS ticket_team, coalesce(t.department, a.department) AS ticket_department,
    local(t.opened_at) AS opened_local,
    policy_due(t.opened_at, g.response_hours, g.response_day, g.is_workday) AS response_policy,
    policy_due(t.opened_at, g.feedback_hours, g.feedback_day, g.is_workday) AS feedback_policy,
    policy_due(t.opened_at, g.resolution_hours, g.resolution_day, g.is_workday) AS resolution_policy
FROM tickets AS t
JOIN ticket_stages AS s USING (ticket_id)
LEFT JOIN dim_customer AS c USING (customer_id)
LEFT JOIN agents AS a USING (agent_id)
LEFT JOIN targets AS g ON g.kind = t.kind AND g.priority IS NOT DISTINCT FROM t.priority
    AND g.is_vip = coalesce(c.is_vip, false) AND g.day = local(t.opened_at)::DATE;

-- Seconds of waiting for the customer: all that fell before the stage was done, and of those the ones that put its due
-- time off. A pause that began after the time had run out comes too late for that.
CREATE TEMP TABLE ticket_pauses AS
SELECT
    ticket_id,
    sum(overlap_seconds(p.started_at, p.ended_at, t.response_done_at)) AS response_paused,
    sum(overlap_seconds(p.started_at, p.ended_at, t.feedback_done_at)) AS feedback_paused,
    sum(overlap_seconds(p.started_at, p.ended_at, t.resolution_done_at)) AS resolution_paused,
    sum(overlap_seconds(p.started_at, p.ended_at, t.response_done_at))
        FILTER (in_time(p.started_at, p.seconds_before, t.response_policy)) AS response_off,
    sum(overlap_seconds(p.started_at, p.ended_at, t.feedback_done_at))
        FILTER (in_time(p.started_at, p.seconds_before, t.feedback_policy)) AS feedback_off,
    sum(overlap_seconds(p.started_at, p.ended_at, t.resolution_done_at))
        FILTER (in_time(p.started_at, p.seconds_before, t.resolution_policy)) AS resolution_off
FROM pause_spans AS p
JOIN ticket_targets AS t USING (ticket_id)
GROUP BY ticket_id;

CREATE TABLE fact_tickets AS
WITH due AS (
    SELECT
        t.*, p.response_paused, p.feedback_paused, p.resolution_paused,
        coalesce(t.response_due_at, t.response_policy + to_seconds(coalesce(p.response_off, 0))) AS response_by,
        coalesce(t.feedback_due_at, t.feedback_policy + to_seconds(coalesce(p.feedback_off, 0))) AS feedback_by,
        coalesce(t.resolution_due_at, t.resolution_policy + to_seconds(coalesce(p.resolution_off, 0))) AS resolution_by
    FROM ticket_targets AS t
    LEFT JOIN ticket_pauses AS p USING (ticket_id)
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
    CASE WHEN k.response THEN stage_state(response_met, response_done_at, response_by) END AS response_state,
    feedback_done_at, feedback_by AS feedback_due_at,
    cohort_day(feedback_by, feedback_met, feedback_done_at, opened_at) AS feedback_due_day,
    elapsed_minutes(opened_at, feedback_done_at, feedback_paused) AS feedback_minutes,
    CASE WHEN k.feedback THEN stage_state(feedback_met, feedback_done_at, feedback_by) END AS feedback_state,
    resolution_done_at, resolution_by AS resolution_due_at,
    cohort_day(resolution_by, resolution_met, resolution_done_at, opened_at) AS resolution_due_day,
    elapsed_minutes(opened_at, resolution_done_at, resolution_paused) AS resolution_minutes,
    stage_state(resolution_met, resolution_done_at, resolution_by) AS resolution_state,
    response_due_at AS given_response_due_at, feedback_due_at AS given_feedback_due_at,
    resolution_due_at AS given_resolution_due_at, response_met, feedback_met, resolution_met,
    reopen_count, transfers, escalation_level, compensation, satisfaction, text, is_fcr
FROM due LEFT JOIN first_contact USING (ticket_id), recorded AS k
ORDER BY opened_at;
