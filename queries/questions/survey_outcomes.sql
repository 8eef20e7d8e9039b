-- Promoters, passives and detractors (or satisfied, neutral and dissatisfied) over time; the share is of the scores of
-- the same day, week or month. Undated surveys are left out.
-- :param kind one of nps, csat = nps — of which surveys
-- :column bucket one of day, week, month = month — how finely
-- :grain bucket, outcome
WITH counted AS (
    SELECT $bucket AS bucket, CAST(outcome AS VARCHAR) AS outcome, count(*) AS n
    FROM scoped_surveys
    WHERE kind = $kind AND score IS NOT NULL AND $bucket IS NOT NULL
    GROUP BY $bucket, outcome
)
SELECT bucket, outcome, n, n / sum(n) OVER (PARTITION BY bucket) AS share
FROM counted
ORDER BY bucket, outcome
