-- How long one clock took, split by a dimension: median and P90 of the tickets opened in the period for which it is
-- over, and how many open ones still wait.
-- :column by one of priority, tier, channel, department, team, kind, category, region, segment, industry,
--   product, persona — how to split
-- :param stage one of response, feedback, resolution — which clock
-- :param limit int = 100 — at most so many groups
-- :grain value
SELECT
    CAST($by AS VARCHAR) AS value,
    CAST(metric('duration_median') AS DOUBLE) AS median,
    CAST(metric('duration_p90') AS DOUBLE) AS p90,
    metric_n('duration_median') AS done,
    count(*) FILTER (WHERE is_open AND minutes IS NULL) AS waiting
FROM scoped_clocks_opened
WHERE stage = $stage
GROUP BY $by
ORDER BY done DESC, value NULLS LAST
LIMIT $limit
