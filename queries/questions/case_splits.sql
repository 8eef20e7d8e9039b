-- One metric of tickets under each of several splits at once, in one pass: the largest groups first. Groups without a ticket
-- in the metric are left out; `groups` counts those of the split, shown or not.
-- :metric metric — which
-- :param limit int = 24 — at most so many groups of each split
-- :grain split, value
WITH
groups AS (
    SELECT
        CASE
            WHEN grouping(team) = 0 THEN 'team'
            WHEN grouping(category) = 0 THEN 'category'
            WHEN grouping(department) = 0 THEN 'department'
            WHEN grouping(kind) = 0 THEN 'kind'
            WHEN grouping(channel) = 0 THEN 'channel'
            ELSE 'tier'
        END AS split,
        coalesce(
            CAST(team AS VARCHAR), CAST(category AS VARCHAR), CAST(department AS VARCHAR), CAST(kind AS VARCHAR),
            CAST(channel AS VARCHAR), CAST(tier AS VARCHAR)
        ) AS value,
        CAST(metric($metric) AS DOUBLE) AS figure,
        CAST(metric_low($metric) AS DOUBLE) AS low,
        CAST(metric_high($metric) AS DOUBLE) AS high,
        metric_n($metric) AS n
    FROM $metric
    WHERE metric_where($metric)
    GROUP BY GROUPING SETS ((team), (category), (department), (kind), (channel), (tier))
),
ranked AS (
    SELECT *, count(*) OVER (PARTITION BY split) AS groups
    FROM groups
    WHERE n > 0
    QUALIFY row_number() OVER (PARTITION BY split ORDER BY n DESC, value) <= $limit
)
SELECT split, value, figure, low, high, n, groups
FROM ranked
ORDER BY split, n DESC, value NULLS LAST
