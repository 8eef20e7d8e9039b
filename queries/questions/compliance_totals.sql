-- Service levels per clock: what was met, missed, still runs or waits for the customer, and what share of those decided
-- was met. Always three rows.
-- :relation cohort one of due:scoped_clocks, opened:scoped_clocks_opened = due — whose day counts: the due day or the
--   day the ticket was opened
-- :grain stage
WITH
stages AS (
    SELECT 1 AS place, 'response' AS stage
    UNION ALL
    SELECT 2 AS place, 'feedback' AS stage
    UNION ALL
    SELECT 3 AS place, 'resolution' AS stage
),
clocks AS (
    SELECT
        stage,
        count(*) FILTER (WHERE state = 'met') AS met,
        count(*) FILTER (WHERE state = 'breached') AS breached,
        count(*) FILTER (WHERE state = 'overdue') AS overdue,
        count(*) FILTER (WHERE state = 'running') AS running,
        count(*) FILTER (WHERE state = 'paused') AS paused,
        metric_n('compliance') AS decided,
        CAST(metric('compliance') AS DOUBLE) AS compliance,
        CAST(metric_low('compliance') AS DOUBLE) AS low,
        CAST(metric_high('compliance') AS DOUBLE) AS high,
        metric_n('on_time_share') AS done,
        CAST(metric('on_time_share') AS DOUBLE) AS on_time_share
    FROM $cohort
    GROUP BY stage
)
SELECT
    stages.stage,
    coalesce(clocks.met, 0) AS met,
    coalesce(clocks.breached, 0) AS breached,
    coalesce(clocks.overdue, 0) AS overdue,
    coalesce(clocks.running, 0) AS running,
    coalesce(clocks.paused, 0) AS paused,
    coalesce(clocks.decided, 0) AS decided,
    clocks.compliance,
    clocks.low,
    clocks.high,
    coalesce(clocks.done, 0) AS done,
    clocks.on_time_share
FROM stages
LEFT JOIN clocks ON clocks.stage = stages.stage
ORDER BY stages.place
