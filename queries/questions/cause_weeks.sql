-- Complaints by cause and region, product or channel in weeks of seven days, counted back from a day: `ago` 0 is the week that
-- ends on it. Each complaint stands here three times, once per kind of place; a cause or place that is not known is empty.
-- :period ignored
-- :param until date — the last day
-- :param weeks int = 160 — how far back
-- :grain cause, kind, place, ago
WITH
seen AS (
    SELECT cause, region, product, channel, floor((epoch(CAST($until AS DATE)) - epoch(day)) / 604800) AS ago
    FROM scoped_complaints_ever
    WHERE day <= CAST($until AS DATE)
)
SELECT cause, 'region' AS kind, CAST(region AS VARCHAR) AS place, ago, count(*) AS n
FROM seen
WHERE ago < $weeks
GROUP BY cause, region, ago
UNION ALL
SELECT cause, 'product' AS kind, CAST(product AS VARCHAR) AS place, ago, count(*) AS n
FROM seen
WHERE ago < $weeks
GROUP BY cause, product, ago
UNION ALL
SELECT cause, 'channel' AS kind, CAST(channel AS VARCHAR) AS place, ago, count(*) AS n
FROM seen
WHERE ago < $weeks
GROUP BY cause, channel, ago
