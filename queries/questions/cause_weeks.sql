-- Complaints by cause and region, product or channel, counted back from a day: `ago` 0 are those of the day itself. The latest
-- are counted by day, older ones by weeks of seven days, of which `ago` is the last. Each complaint stands here three times, once
-- per kind of place; a cause or place that is not known is empty.
-- :period ignored
-- :param until date = null — the last day; the data's last one if not given
-- :param weeks int = 160 — how far back
-- :param days int = 35 — so many are counted one by one
-- :grain cause, kind, place, ago
WITH
dated AS (
    SELECT
        cause, region, product, channel,
        floor((epoch(coalesce(CAST($until AS DATE), CAST($as_of_day AS DATE))) - epoch(day)) / 86400) AS back
    FROM scoped_complaints_ever
),
seen AS (
    SELECT
        cause, region, product, channel,
        CASE WHEN back < $days THEN back ELSE 7 * floor(back / 7) END AS ago
    FROM dated
    WHERE back >= 0 AND back < 7 * $weeks
)
SELECT cause, 'region' AS kind, CAST(region AS VARCHAR) AS place, ago, count(*) AS n
FROM seen
GROUP BY cause, region, ago
UNION ALL
SELECT cause, 'product' AS kind, CAST(product AS VARCHAR) AS place, ago, count(*) AS n
FROM seen
GROUP BY cause, product, ago
UNION ALL
SELECT cause, 'channel' AS kind, CAST(channel AS VARCHAR) AS place, ago, count(*) AS n
FROM seen
GROUP BY cause, channel, ago
ORDER BY kind, place NULLS LAST, cause NULLS LAST, ago
