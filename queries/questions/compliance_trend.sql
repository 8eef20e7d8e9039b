-- Compliance of one clock over time.
-- :param stage one of response, feedback, resolution — which clock
-- :column bucket one of day, week, month = week — how finely
-- :relation cohort one of due:scoped_clocks, opened:scoped_clocks_opened = due — whose day counts: the due day or the
--   day the ticket was opened
-- :grain bucket
SELECT
    $bucket AS bucket,
    CAST(metric('compliance') AS DOUBLE) AS value,
    CAST(metric_low('compliance') AS DOUBLE) AS low,
    CAST(metric_high('compliance') AS DOUBLE) AS high,
    metric_n('compliance') AS n
FROM $cohort
WHERE stage = $stage AND state <> 'none'
GROUP BY $bucket
ORDER BY $bucket
