-- Clocks of open tickets that have not been stopped, whenever they started: for states as of the data's last moment.
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    ticket_id, stage, state, rule, clock, due_at, done_at, minutes, target_minutes, spent_minutes, needed_minutes,
    late_minutes, left_minutes,
    opened_day AS day, opened_week AS week, opened_month AS month, opened_week_hour, due_week_hour,
    kind, priority, category, persona, tier, segment, region, industry, channel, department, team, product,
    is_vip, is_open, opened_at
FROM fact_clocks
WHERE is_open AND done_at IS NULL AND state IN ('overdue', 'running', 'paused', 'none')
