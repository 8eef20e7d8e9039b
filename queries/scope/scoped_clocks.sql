-- Service-level clocks by due day: up to three rows a ticket (response, feedback, resolution), those with a due time.
-- :period day
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    ticket_id, stage, state, rule, clock, due_at, done_at, minutes, target_minutes, spent_minutes, needed_minutes,
    late_minutes, left_minutes,
    due_day AS day, due_week AS week, due_month AS month, opened_week_hour, due_week_hour,
    kind, priority, category, persona, tier, segment, region, industry, channel, department, team, product,
    is_vip, is_open, opened_at
FROM fact_clocks
WHERE due_day IS NOT NULL
