-- Tickets resolved in the period, one row each.
-- :period day
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    ticket_id, customer_id, agent_id, kind, priority, category, persona, tier, segment, region, industry, channel, department, team, product, is_vip, is_open, opened_at,
    resolved_at, closed_at,
    resolved_day AS day,
    CAST(date_trunc('week', resolved_day) AS DATE) AS week,
    CAST(date_trunc('month', resolved_day) AS DATE) AS month,
    reopen_count, transfers, escalation_level, compensation, satisfaction, is_fcr
FROM fact_tickets
WHERE resolved_day IS NOT NULL
