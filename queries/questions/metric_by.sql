-- One metric split by a dimension, the largest groups first.
-- :metric metric — which
-- :column by one of tier, segment, region, industry, channel, department, team, product, persona, kind, priority,
--   category, touchpoint, topic, status — how to split
-- :param limit int = 100 — at most so many groups
-- :grain value
SELECT
    CAST($by AS VARCHAR) AS value,
    CAST(metric($metric) AS DOUBLE) AS figure,
    CAST(metric_low($metric) AS DOUBLE) AS low,
    CAST(metric_high($metric) AS DOUBLE) AS high,
    metric_n($metric) AS n
FROM $metric
WHERE metric_where($metric)
GROUP BY $by
ORDER BY n DESC, value NULLS LAST
LIMIT $limit
