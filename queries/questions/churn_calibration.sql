-- Whether the probabilities of a method can be taken at their word: of the customers given about so much (tenths from `band` on),
-- what share had left? `expected` is the mean of their probabilities, `left_rate` what came of them, with its interval.
-- :period ignored — past lists are judged whatever the period
-- :param method one of model, recency, signals = model — whose probabilities
-- :param day date = null — only those of this month-end
-- :grain band
WITH banded AS (
    SELECT risk, outcome, has_left, CAST(floor(least(risk, 0.999) * 10) AS INTEGER) AS band
    FROM scoped_churn_lists
    WHERE outcome IS NOT NULL AND method = $method AND (CAST($day AS DATE) IS NULL OR day = CAST($day AS DATE))
)
SELECT
    band, metric_n('left_later') AS n,
    CAST(round(avg(risk), 9) AS DOUBLE) AS expected,
    CAST(metric('left_later') AS DOUBLE) AS left_rate,
    CAST(metric_low('left_later') AS DOUBLE) AS low,
    CAST(metric_high('left_later') AS DOUBLE) AS high
FROM banded
GROUP BY band
ORDER BY band
