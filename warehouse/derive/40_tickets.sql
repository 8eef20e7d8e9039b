-- One row per ticket with everything people filter by, and the rule and clock of our policy that would judge it.
CREATE TEMP MACRO ticket_clock(rule_clock, team_clock, region_clock) AS
    CASE WHEN rule_clock = 'business' THEN coalesce(team_clock, region_clock, default_clock()) ELSE rule_clock END::dim_clock;

CREATE TABLE fact_tickets AS
WITH known AS (
    SELECT
        t.* REPLACE (hidden(t.text) AS text), t.text AS raw_text, c.* EXCLUDE (customer_id, name, owner, signed_up_on, consent, strategic),
        coalesce(t.team, a.team) AS ticket_team, coalesce(t.department, a.department) AS ticket_department,
        local(t.opened_at) AS opened_local,
        local(t.opened_at)::DATE AS opened_day,
        date_trunc('month', local(t.opened_at))::DATE AS opened_month,
        s.transferred_at, s.solved_at, s.reopened_at,
        j.tier AS judged_tier, coalesce(c.strategic, false) OR coalesce(j.tier = 'core', false) AS judged_vip,
        -- what was done before the last reopening does not end the ticket
        CASE WHEN t.resolved_at < s.reopened_at THEN NULL ELSE t.resolved_at END AS resolved,
        CASE WHEN t.closed_at < s.reopened_at THEN NULL ELSE t.closed_at END AS closed
    FROM tickets AS t
    LEFT JOIN dim_customer AS c USING (customer_id)
    LEFT JOIN agents AS a USING (agent_id)
    LEFT JOIN ticket_steps AS s USING (ticket_id)
    LEFT JOIN judged_tiers AS j ON j.customer_id = t.customer_id AND j.month = date_trunc('month', local(t.opened_at))::DATE
)
SELECT
    k.ticket_id, k.customer_id, k.agent_id,
    k.kind::dim_kind AS kind, k.priority::dim_priority AS priority, k.channel::dim_channel AS channel,
    k.category::dim_category AS category, k.product::dim_product AS product,
    k.ticket_department::dim_department AS department, k.ticket_team::dim_team AS team,
    k.department AS given_department, k.team AS given_team,
    k.tier, k.segment, k.region, k.industry, k.persona, coalesce(k.is_vip, false) AS is_vip,
    k.judged_tier, k.judged_vip, r.rule, ticket_clock(r.clock, ct.clock, cr.clock) AS rule_clock,
    k.opened_at, k.assigned_at, k.first_response_at, k.feedback_at, k.resolved_at, k.confirmed_at, k.closed_at,
    k.transferred_at, k.reopened_at,
    k.opened_day,
    date_trunc('week', k.opened_local)::DATE AS opened_week,
    k.opened_month,
    hour(k.opened_local) AS opened_hour,
    isodow(k.opened_local)::TINYINT AS opened_weekday,
    local(coalesce(k.resolved, k.closed))::DATE AS resolved_day,
    local(k.closed)::DATE AS closed_day,
    k.resolved IS NULL AND k.closed IS NULL AS is_open,
    -- a stage counts as done when a later one is: whoever resolves a ticket has also responded to it, reopened or not
    coalesce(k.first_response_at, k.feedback_at, least(k.solved_at, k.resolved_at), k.closed_at) AS response_done_at,
    coalesce(k.feedback_at, least(k.solved_at, k.resolved_at), k.closed_at) AS feedback_done_at,
    coalesce(k.resolved, k.closed) AS resolution_done_at,
    k.response_due_at, k.feedback_due_at, k.resolution_due_at, k.response_met, k.feedback_met, k.resolution_met, k.judged_by,
    k.reopen_count, k.transfers, k.escalation_level, k.compensation, k.satisfaction, f.is_fcr, k.text,
    CASE WHEN k.raw_text <> k.text THEN k.raw_text END AS unmasked_text
FROM known AS k
LEFT JOIN first_contact AS f ON f.ticket_id = k.ticket_id
LEFT JOIN version_days AS v ON v.day = k.opened_day
LEFT JOIN ticket_rules AS r ON r.version_from = v.version_from AND r.kind = k.kind AND r.is_vip = k.judged_vip
    AND r.priority IS NOT DISTINCT FROM k.priority AND r.channel IS NOT DISTINCT FROM k.channel
    AND r.tier IS NOT DISTINCT FROM k.judged_tier
LEFT JOIN clock_teams AS ct ON ct.team = k.ticket_team
LEFT JOIN clock_regions AS cr ON cr.region = k.region::VARCHAR
ORDER BY k.opened_at;
