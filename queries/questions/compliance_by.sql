-- Compliance of one clock split by a dimension, the largest groups first; what is still running beside it.
-- `groups` counts all groups, shown or not.
-- :column by one of priority, tier, channel, department, team, kind, category, region, segment, industry,
--   product, persona, sla_rule:rule — how to split
-- :param stage one of response, feedback, resolution — which clock
-- :relation cohort one of due:scoped_clocks, opened:scoped_clocks_opened = due — whose day counts: the due day or the
--   day the ticket was opened
-- :param limit int = 100 — at most so many groups
-- :grain value
SELECT
    CAST($by AS VARCHAR) AS value,
    CAST(metric('compliance') AS DOUBLE) AS compliance,
    CAST(metric_low('compliance') AS DOUBLE) AS low,
    CAST(metric_high('compliance') AS DOUBLE) AS high,
    metric_n('compliance') AS decided,
    count(*) FILTER (WHERE state = 'met') AS met,
    count(*) FILTER (WHERE state = 'breached') AS breached,
    count(*) FILTER (WHERE state = 'overdue') AS overdue,
    count(*) FILTER (WHERE state = 'running') AS running,
    count(*) OVER () AS groups
FROM $cohort
WHERE stage = $stage AND state <> 'none'
GROUP BY $by
ORDER BY decided DESC, value NULLS LAST
LIMIT $limit
