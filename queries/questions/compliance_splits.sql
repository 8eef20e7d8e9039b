-- Compliance of one clock under each of several splits at once, in one pass over the clocks: the largest groups first;
-- `groups` counts those of the split, shown or not.
-- :param stage one of response, feedback, resolution — which clock
-- :relation cohort one of due:scoped_clocks, opened:scoped_clocks_opened = due — whose day counts: the due day or the
--   day the ticket was opened
-- :param limit int = 24 — at most so many groups of each split
-- :grain split, value
WITH
groups AS (
    SELECT
        CASE
            WHEN grouping(priority) = 0 THEN 'priority'
            WHEN grouping(tier) = 0 THEN 'tier'
            WHEN grouping(channel) = 0 THEN 'channel'
            WHEN grouping(department) = 0 THEN 'department'
            WHEN grouping(team) = 0 THEN 'team'
            ELSE 'category'
        END AS split,
        coalesce(
            CAST(priority AS VARCHAR), CAST(tier AS VARCHAR), CAST(channel AS VARCHAR), CAST(department AS VARCHAR),
            CAST(team AS VARCHAR), CAST(category AS VARCHAR)
        ) AS value,
        CAST(metric('compliance') AS DOUBLE) AS figure,
        CAST(metric_low('compliance') AS DOUBLE) AS low,
        CAST(metric_high('compliance') AS DOUBLE) AS high,
        metric_n('compliance') AS n
    FROM $cohort
    WHERE stage = $stage AND state <> 'none'
    GROUP BY GROUPING SETS ((priority), (tier), (channel), (department), (team), (category))
),
ranked AS (
    SELECT *, count(*) OVER (PARTITION BY split) AS groups
    FROM groups
    QUALIFY row_number() OVER (PARTITION BY split ORDER BY n DESC, value) <= $limit
)
SELECT split, value, figure, low, high, n, groups
FROM ranked
ORDER BY split, n DESC, value NULLS LAST
