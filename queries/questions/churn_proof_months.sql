-- The lists of past month-ends one by one: of the `size` customers whom each method put first, how many had left when the
-- horizon was over, with its interval, beside the share of all who could be judged.
-- :period ignored — past lists are judged whatever the period
-- :param size int = 100 — how many customers a list has
-- :grain day, method
WITH ranked AS (
    SELECT
        method, day, outcome, risk, has_left,
        row_number() OVER (PARTITION BY method, day ORDER BY risk DESC, customer_id) <= $size AS listed
    FROM scoped_churn_lists
    WHERE outcome IS NOT NULL
)
SELECT
    day, method,
    metric_n('left_later', listed) AS listed,
    count(*) FILTER (WHERE listed AND outcome) AS hits,
    CAST(metric('left_later', listed) AS DOUBLE) AS hit_rate,
    CAST(metric_low('left_later', listed) AS DOUBLE) AS low,
    CAST(metric_high('left_later', listed) AS DOUBLE) AS high,
    CAST(metric('left_later') AS DOUBLE) AS base_rate
FROM ranked
GROUP BY day, method
ORDER BY day, method
