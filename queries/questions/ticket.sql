-- One ticket: what it is about, whose it is, and when the steps that its row records were taken, on the team's clock.
-- :period ignored — a ticket is shown whole
-- :param ticket text = null — which; none when it is not given
-- :grain ticket_id
SELECT
    facts.ticket_id, facts.kind, facts.priority, facts.category, facts.channel, facts.product,
    texts.customer_id, texts.customer_name, facts.is_vip, facts.tier, facts.segment, facts.region,
    facts.department, facts.team, texts.agent_id,
    local_time(facts.opened_at) AS opened_at,
    local_time(facts.assigned_at) AS assigned_at,
    local_time(facts.first_response_at) AS first_response_at,
    local_time(facts.feedback_at) AS feedback_at,
    local_time(facts.resolved_at) AS resolved_at,
    local_time(facts.confirmed_at) AS confirmed_at,
    local_time(facts.closed_at) AS closed_at,
    facts.reopen_count, facts.transfers, facts.escalation_level, facts.compensation, facts.satisfaction,
    facts.judged_vip, facts.judged_tier,
    local_time(CAST($as_of AS TIMESTAMP)) AS as_of,
    texts.text
FROM scoped_ticket_facts AS facts
JOIN scoped_ticket_texts AS texts ON texts.ticket_id = facts.ticket_id
WHERE facts.ticket_id = CAST($ticket AS VARCHAR)
