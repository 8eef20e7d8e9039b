-- What each group adds to a metric's distance from a reference value: its share of the rows that count, times its own
-- distance, the most harmful first. For a metric that is a mean over its rows (a share, NPS) the impacts add up to the
-- metric's value less the reference, exactly.
-- :metric metric — which
-- :column by one of tier, touchpoint, segment, region, industry, channel, department, team, product, persona = tier — how
--   to split
-- :param reference number = 0 — the value to measure from
-- :grain value
WITH split AS (
    SELECT
        CAST($by AS VARCHAR) AS value,
        CAST(metric($metric) AS DOUBLE) AS figure,
        metric_n($metric) AS n
    FROM $metric
    WHERE metric_where($metric)
    GROUP BY $by
)
SELECT
    value,
    figure,
    n,
    n / sum(n) OVER () AS share,
    figure - CAST($reference AS DOUBLE) AS gap,
    n / sum(n) OVER () * (figure - CAST($reference AS DOUBLE)) AS impact
FROM split
WHERE n > 0
ORDER BY impact, value NULLS LAST
