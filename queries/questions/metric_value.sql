-- One metric over the period, with its 95 % interval where it has one and the number of rows it rests on.
-- :metric metric — which
-- :grain metric
SELECT
    $metric AS metric,
    CAST(metric($metric) AS DOUBLE) AS value,
    CAST(metric_low($metric) AS DOUBLE) AS low,
    CAST(metric_high($metric) AS DOUBLE) AS high,
    metric_n($metric) AS n
FROM $metric
WHERE metric_where($metric)
