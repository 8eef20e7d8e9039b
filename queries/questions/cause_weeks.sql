-- Complaints by cause and region, product or channel in weeks of seven days, counted back from a day: `ago` 0 is the week that
-- ends on it. Each complaint stands here three times, once per kind of place; a cause or place that is not known is empty.
-- :period ignored
-- :param until date = null — the last day; the data's last one if not given
-- :param weeks int = 160 — how far back
-- :grain cause, kind, place, ago
WITH
dated AS (
    SELECT
        cause, region, product, channel,
        floor((epoch(coalesce(CAST($until AS DATE), CAST($as_of_day AS DATE))) - epoch(day)) / 604800) AS ago
    FROM scoped_complaints_ever
),
seen AS (SELECT * FROM dated WHERE ago >= 0 AND ago < $weeks)
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
