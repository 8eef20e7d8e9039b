-- The clocks of single tickets with all that led to their verdict: a row for each stage that the source records.
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    ticket_id, stage, state, rule, clock, opened_day, started_at, due_at, done_at,
    target_minutes, spent_minutes, paused_minutes, late_minutes, left_minutes,
    tier, segment, region, industry, channel, department, team, product
FROM fact_clocks
