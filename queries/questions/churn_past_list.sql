-- The list of a month-end as a method ranked it then, and what came of each customer: left, stayed, or not known yet. `risk` is
-- the probability given then, the tier that of then. `total` counts the list.
-- :period ignored — past lists are judged whatever the period
-- :param day date = null — of which month-end; left out, the latest whose outcome is known
-- :param method one of model, recency, signals = model — as which method ranked it
-- :param size int = 100 — how many customers the list has
-- :param limit int = 200 — at most so many rows
-- :grain customer_id
WITH ranked AS (
    SELECT *, row_number() OVER (ORDER BY risk DESC, customer_id) AS rank
    FROM scoped_churn_lists
    WHERE
        method = $method
        AND day = coalesce(CAST($day AS DATE), (SELECT max(day) FROM scoped_churn_lists WHERE outcome IS NOT NULL))
),
listed AS (
    SELECT *, count(*) OVER () AS total
    FROM ranked
    WHERE rank <= $size
)
SELECT
    listed.rank,
    CASE WHEN listed.outcome IS NULL THEN 'unknown' WHEN listed.outcome THEN 'left' ELSE 'stayed' END AS came_of_it,
    listed.customer_id, names.customer_name, CAST(listed.risk AS DOUBLE) AS risk, names.owner,
    CAST(listed.tier AS VARCHAR) AS tier, CAST(listed.segment AS VARCHAR) AS segment,
    CAST(listed.region AS VARCHAR) AS region, CAST(listed.industry AS VARCHAR) AS industry, listed.total
FROM listed
LEFT JOIN scoped_tier_names AS names ON names.customer_id = listed.customer_id AND names.day = listed.day
ORDER BY listed.rank, listed.customer_id
LIMIT $limit
