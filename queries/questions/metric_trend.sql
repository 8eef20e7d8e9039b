-- One metric over time. Undated rows are left out.
-- :metric metric — which
-- :column bucket one of day, week, month = week — how finely
-- :grain bucket
SELECT
    $bucket AS bucket,
    CAST(metric($metric) AS DOUBLE) AS value,
    CAST(metric_low($metric) AS DOUBLE) AS low,
    CAST(metric_high($metric) AS DOUBLE) AS high,
    metric_n($metric) AS n
FROM $metric
WHERE metric_where($metric) AND $bucket IS NOT NULL
GROUP BY $bucket
ORDER BY $bucket
