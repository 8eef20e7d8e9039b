-- Complaints opened in the period by category, the most frequent first, with the department that answers for it. `share`
-- and `cumulative` (this category and those before it) are of all complaints.
-- :param limit int = 100 — at most so many categories
-- :grain category
WITH
counted AS (
    SELECT CAST(category AS VARCHAR) AS category, metric('complaints') AS n
    FROM scoped_opened
    WHERE metric_where('complaints')
    GROUP BY category
)
SELECT
    counted.category,
    scoped_causes.responsible,
    counted.n,
    counted.n / sum(counted.n) OVER () AS share,
    sum(counted.n) OVER (
        ORDER BY counted.n DESC, counted.category NULLS LAST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) / sum(counted.n) OVER () AS cumulative,
    CAST(sum(counted.n) OVER () AS BIGINT) AS complaints
FROM counted
LEFT JOIN scoped_causes ON scoped_causes.category = counted.category
ORDER BY counted.n DESC, counted.category NULLS LAST
LIMIT $limit
