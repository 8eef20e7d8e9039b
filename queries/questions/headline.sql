-- The headline figures: each over its last days up to the last working day, against the days before.
-- A figure of one day is compared with the working day before, one of several days with as many days before them.
-- Surveys of which none is dated are counted whole. States have no earlier value.
-- :period ignored — the days come from the data's last working day
-- :each flow — figures over a number of days
-- :each stock — figures that add up
-- :each state — figures as of the data's last moment
-- :grain metric
SELECT
    $flow AS metric,
    CAST(metric($flow, metric_now($flow)) AS DOUBLE) AS value,
    metric_n($flow, metric_now($flow)) AS n,
    CAST(metric_low($flow, metric_now($flow)) AS DOUBLE) AS low,
    CAST(metric_high($flow, metric_now($flow)) AS DOUBLE) AS high,
    CAST(metric($flow, metric_before($flow)) AS DOUBLE) AS previous,
    metric_n($flow, metric_before($flow)) AS previous_n,
    CAST($workday AS DATE) AS day,
    metric_days($flow) AS days
FROM $flow
WHERE metric_where($flow) AND metric_recent($flow)
UNION ALL
SELECT
    $stock AS metric,
    CAST(metric($stock) AS DOUBLE) AS value,
    CAST(metric($stock) AS BIGINT) AS n,
    CAST(NULL AS DOUBLE) AS low,
    CAST(NULL AS DOUBLE) AS high,
    CAST(metric($stock, day <= $workday_before) AS DOUBLE) AS previous,
    CAST(metric($stock, day <= $workday_before) AS BIGINT) AS previous_n,
    CAST($workday AS DATE) AS day,
    1 AS days
FROM $stock
UNION ALL
SELECT
    $state AS metric,
    CAST(metric($state) AS DOUBLE) AS value,
    metric_n($state) AS n,
    CAST(NULL AS DOUBLE) AS low,
    CAST(NULL AS DOUBLE) AS high,
    CAST(NULL AS DOUBLE) AS previous,
    CAST(NULL AS BIGINT) AS previous_n,
    CAST($workday AS DATE) AS day,
    1 AS days
FROM $state
WHERE metric_where($state)
ORDER BY metric
