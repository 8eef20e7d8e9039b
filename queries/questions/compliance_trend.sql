-- Compliance per clock over time.
-- :column bucket one of day, week, month = week — how finely
-- :relation cohort one of due:scoped_clocks, opened:scoped_clocks_opened = due — whose day counts: the due day or the
--   day the ticket was opened
-- :grain bucket, stage
SELECT
    $bucket AS bucket,
    stage,
    CAST(metric('compliance') AS DOUBLE) AS compliance,
    CAST(metric_low('compliance') AS DOUBLE) AS low,
    CAST(metric_high('compliance') AS DOUBLE) AS high,
    metric_n('compliance') AS decided,
    count(*) FILTER (WHERE state = 'met') AS met
FROM $cohort
WHERE state <> 'none'
GROUP BY $bucket, stage
ORDER BY bucket, stage
