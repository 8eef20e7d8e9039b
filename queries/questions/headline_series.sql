-- The last eight weeks of each headline figure: day by day, or week by week (its Monday) for those over several days.
-- Days without a row of the figure's own are left out. States have no history.
-- :period ignored — the days come from the data's last working day
-- :each flow — figures over a number of days
-- :each stock — figures that add up
-- :grain metric, bucket
SELECT
    $flow AS metric,
    CASE WHEN metric_days($flow) = 1 THEN day ELSE week END AS bucket,
    CAST(metric($flow) AS DOUBLE) AS value,
    metric_n($flow) AS n
FROM $flow
WHERE
    metric_where($flow)
    AND day > CAST($workday AS DATE) - 63
    AND day <= $workday
    AND CASE WHEN metric_days($flow) = 1 THEN day ELSE week END > CAST($workday AS DATE) - 56
GROUP BY CASE WHEN metric_days($flow) = 1 THEN day ELSE week END
UNION ALL
SELECT $stock AS metric, day AS bucket, CAST(total AS DOUBLE) AS value, CAST(total AS BIGINT) AS n
FROM (
    SELECT day, sum(change) OVER (ORDER BY day) AS total
    FROM (SELECT day, metric($stock) AS change FROM $stock GROUP BY day) AS daily
) AS running
WHERE day > CAST($workday AS DATE) - 56 AND day <= $workday
ORDER BY metric, bucket
