-- How good the lists were: of the `size` customers whom each method put first at a month-end, how many had left when the horizon
-- was over (`hits`, `hit_rate` with its interval), against all who could be judged (`base_rate`). `lift` is the ratio of the two.
-- `brier` is the mean squared distance between probability and outcome, `brier_base` that of naming everybody the month's own
-- base rate. Of equal risks the first customer number counts.
-- :period ignored — past lists are judged whatever the period
-- :param day date = null — only the list of this month-end
-- :param size int = 100 — how many customers a list has
-- :grain method
WITH ranked AS (
    SELECT
        method, day, risk, outcome, has_left,
        row_number() OVER (PARTITION BY method, day ORDER BY risk DESC, customer_id) <= $size AS listed,
        avg(has_left) OVER (PARTITION BY method, day) AS base
    FROM scoped_churn_lists
    WHERE outcome IS NOT NULL AND (CAST($day AS DATE) IS NULL OR day = CAST($day AS DATE))
)
SELECT
    method, count(DISTINCT day) AS lists,
    metric_n('left_later') AS judged,
    metric_n('left_later', listed) AS listed,
    count(*) FILTER (WHERE listed AND outcome) AS hits,
    CAST(metric('left_later', listed) AS DOUBLE) AS hit_rate,
    CAST(metric_low('left_later', listed) AS DOUBLE) AS low,
    CAST(metric_high('left_later', listed) AS DOUBLE) AS high,
    CAST(metric('left_later') AS DOUBLE) AS base_rate,
    CAST(metric('left_later', listed) / nullif(metric('left_later'), 0) AS DOUBLE) AS lift,
    CAST(metric('brier') AS DOUBLE) AS brier,
    CAST(round(avg((base - has_left) * (base - has_left)), 9) AS DOUBLE) AS brier_base
FROM ranked
GROUP BY method
ORDER BY method
