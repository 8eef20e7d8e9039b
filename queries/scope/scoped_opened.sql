-- Tickets opened in the period, one row each.
-- :period day
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    ticket_id, customer_id, agent_id, kind, priority, category, persona, tier, segment, region, industry, channel, department, team, product, is_vip, is_open,
    opened_day AS day, opened_week AS week, opened_month AS month, opened_hour, opened_at, resolved_at, closed_at,
    reopen_count, transfers, escalation_level, compensation, satisfaction, is_fcr
FROM fact_tickets
