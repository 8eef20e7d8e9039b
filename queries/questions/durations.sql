-- How long each clock took, for the tickets opened in the period: median, P90, how many are over and how many open
-- ones still wait.
-- :grain stage
SELECT
    stage,
    CAST(metric('duration_median') AS DOUBLE) AS median,
    CAST(metric('duration_p90') AS DOUBLE) AS p90,
    metric_n('duration_median') AS done,
    count(*) FILTER (WHERE is_open AND minutes IS NULL) AS waiting
FROM scoped_clocks_opened
GROUP BY stage
ORDER BY stage
