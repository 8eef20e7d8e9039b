-- Service levels per clock: what was met, missed, still runs or waits for the customer, and what share of those decided
-- was met. Of those met `measured` have a target of ours, and `narrow` used up more than a share of it. A clock that no
-- ticket has is left out.
-- :param near number = 0.8 — that share
-- :relation cohort one of due:scoped_clocks, opened:scoped_clocks_opened = due — whose day counts: the due day or the
--   day the ticket was opened
-- :grain stage
SELECT
    stage,
    count(*) FILTER (WHERE state = 'met') AS met,
    count(*) FILTER (WHERE state = 'breached') AS breached,
    count(*) FILTER (WHERE state = 'overdue') AS overdue,
    count(*) FILTER (WHERE state = 'running') AS running,
    count(*) FILTER (WHERE state = 'paused') AS paused,
    count(target_minutes) FILTER (WHERE state = 'met') AS measured,
    count(*) FILTER (WHERE state = 'met' AND needed_minutes > $near * target_minutes) AS narrow,
    metric_n('compliance') AS decided,
    CAST(metric('compliance') AS DOUBLE) AS compliance,
    CAST(metric_low('compliance') AS DOUBLE) AS low,
    CAST(metric_high('compliance') AS DOUBLE) AS high,
    metric_n('on_time_share') AS done,
    CAST(metric('on_time_share') AS DOUBLE) AS on_time_share
FROM $cohort
GROUP BY stage
ORDER BY stage
