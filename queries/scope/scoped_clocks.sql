-- Service-level clocks by due day: up to three rows a ticket (response, feedback, resolution), those with a due time.
-- :period day
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    ticket_id, stage, state, due_at, done_at, minutes,
    due_day AS day, due_week AS week, due_month AS month,
    kind, priority, category, persona, tier, segment, region, industry, channel, department, team, product,
    is_vip, is_open, opened_at, opened_week_hour, due_week_hour,
    rule AS sla_rule, clock, target_minutes, needed_minutes, late_minutes, left_minutes
FROM fact_clocks
WHERE due_day IS NOT NULL
