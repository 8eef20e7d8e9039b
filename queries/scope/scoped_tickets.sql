-- Every ticket, whenever it was opened: for states as of the data's last moment.
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    ticket_id, customer_id, agent_id, kind, priority, category, persona, tier, segment, region, industry, channel, department, team, product, is_vip, is_open,
    opened_day AS day, opened_week AS week, opened_month AS month, opened_hour, opened_at, resolved_at, closed_at,
    resolved_day, closed_day, reopen_count, transfers, escalation_level, compensation, satisfaction, is_fcr
FROM fact_tickets
