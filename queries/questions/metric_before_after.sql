-- One metric before a day and from it on, and the change between them, each with its 95 % interval. The change's margins
-- are the two figures' own, added as the errors of independent samples are: for NPS 1.96 sqrt(SE1² + SE2²), for a share
-- Newcombe's method 10 (1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I).
-- :metric metric — which
-- :param day date = null — the first day that counts as after
-- :column among one of tier, touchpoint, segment, region, channel, department, team, product, persona = tier — which column
--   `only` speaks of
-- :param only text = null — only rows with this value there
-- :grain metric
WITH sides AS (
    SELECT
        CAST(metric($metric, day < CAST($day AS DATE)) AS DOUBLE) AS before,
        CAST(metric_low($metric, day < CAST($day AS DATE)) AS DOUBLE) AS before_low,
        CAST(metric_high($metric, day < CAST($day AS DATE)) AS DOUBLE) AS before_high,
        metric_n($metric, day < CAST($day AS DATE)) AS before_n,
        CAST(metric($metric, day >= CAST($day AS DATE)) AS DOUBLE) AS after,
        CAST(metric_low($metric, day >= CAST($day AS DATE)) AS DOUBLE) AS after_low,
        CAST(metric_high($metric, day >= CAST($day AS DATE)) AS DOUBLE) AS after_high,
        metric_n($metric, day >= CAST($day AS DATE)) AS after_n
    FROM $metric
    WHERE metric_where($metric) AND chosen($among, $only)
)
SELECT
    $metric AS metric,
    before, before_low, before_high, before_n,
    after, after_low, after_high, after_n,
    after - before AS change,
    after - before - sqrt(power(after - after_low, 2) + power(before_high - before, 2)) AS change_low,
    after - before + sqrt(power(after_high - after, 2) + power(before - before_low, 2)) AS change_high
FROM sides
