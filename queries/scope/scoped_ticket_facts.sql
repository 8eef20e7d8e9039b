-- Single tickets with every step that their row records, and what the rules of their service levels ask for.
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    ticket_id, kind, priority, category, is_vip, judged_vip, judged_tier, opened_day,
    opened_at, assigned_at, first_response_at, feedback_at, resolved_at, confirmed_at, closed_at,
    reopen_count, transfers, escalation_level, compensation, satisfaction,
    tier, segment, region, industry, channel, department, team, product
FROM fact_tickets
