-- The tickets opened in each bucket of time by escalation level, of those whose level is known.
-- :column bucket one of day, week, month = week — how finely
-- :grain bucket, level
WITH counted AS (
    SELECT $bucket AS bucket, escalation_level AS level, count(*) AS n
    FROM scoped_opened
    WHERE escalation_level IS NOT NULL
    GROUP BY $bucket, escalation_level
)
SELECT
    bucket,
    level,
    n,
    CAST(sum(n) OVER (PARTITION BY bucket) AS BIGINT) AS of_all,
    n / sum(n) OVER (PARTITION BY bucket) AS share
FROM counted
ORDER BY bucket, level
