-- The clocks of one ticket, worked out. From start to end = spent + paused + outside working hours, to the second: the end is
-- when it was done, else the data's last moment. Times are the team's clock.
-- :period ignored — a ticket is shown whole
-- :param ticket text = null — which; none when it is not given
-- :grain stage
SELECT
    stage, state, rule AS sla_rule, clock,
    local_time(started_at) AS started_at,
    local_time(due_at) AS due_at,
    local_time(done_at) AS done_at,
    epoch(coalesce(done_at, CAST($as_of AS TIMESTAMP))) - epoch(started_at) AS whole_seconds,
    epoch(coalesce(done_at, CAST($as_of AS TIMESTAMP))) - epoch(due_at) AS over_seconds,
    spent_minutes * 60 AS spent_seconds,
    paused_minutes * 60 AS paused_seconds,
    target_minutes * 60 AS target_seconds,
    late_minutes * 60 AS late_seconds,
    left_minutes * 60 AS left_seconds
FROM scoped_ticket_clocks
WHERE ticket_id = CAST($ticket AS VARCHAR)
ORDER BY stage
