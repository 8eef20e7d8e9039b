-- How often each score was given, and its share of all scores of that kind of survey.
-- :param kind one of nps, csat = nps — of which surveys
-- :grain score
WITH counted AS (
    SELECT score, CAST(outcome AS VARCHAR) AS outcome, count(*) AS n
    FROM scoped_surveys
    WHERE kind = $kind AND score IS NOT NULL
    GROUP BY score, outcome
)
SELECT score, outcome, n, n / sum(n) OVER () AS share
FROM counted
ORDER BY score
