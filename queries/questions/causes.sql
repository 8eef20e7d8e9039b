-- Complaints opened in the period by category, the most frequent first, with the department that answers for it. `share`
-- and `cumulative` (this category and those before it) are of all complaints; beside them the same category in the days
-- before. `complaints` and `complaints_before` count all categories.
-- :period ignored scoped_tickets
-- :param before_start date = null — the first of the days to compare with
-- :param before_end date = null — the last of them
-- :param limit int = 100 — at most so many categories
-- :grain category
WITH
current_causes AS (
    SELECT CAST(category AS VARCHAR) AS category, metric('complaints') AS n
    FROM scoped_opened
    WHERE metric_where('complaints')
    GROUP BY category
),
earlier_causes AS (
    SELECT CAST(category AS VARCHAR) AS category, metric('complaints') AS n
    FROM scoped_tickets
    WHERE metric_where('complaints') AND day >= CAST($before_start AS DATE) AND day <= CAST($before_end AS DATE)
    GROUP BY category
)
SELECT
    current_causes.category,
    scoped_causes.responsible,
    current_causes.n,
    current_causes.n / sum(current_causes.n) OVER () AS share,
    sum(current_causes.n) OVER (
        ORDER BY current_causes.n DESC, current_causes.category NULLS LAST
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) / sum(current_causes.n) OVER () AS cumulative,
    CAST(sum(current_causes.n) OVER () AS BIGINT) AS complaints,
    coalesce(earlier_causes.n, 0) AS n_before,
    CAST(coalesce((SELECT sum(n) FROM earlier_causes), 0) AS BIGINT) AS complaints_before,
    coalesce(earlier_causes.n, 0) / nullif((SELECT sum(n) FROM earlier_causes), 0) AS share_before
FROM current_causes
LEFT JOIN earlier_causes ON earlier_causes.category IS NOT DISTINCT FROM current_causes.category
LEFT JOIN scoped_cause_rules ON scoped_cause_rules.category = current_causes.category
LEFT JOIN scoped_causes ON scoped_causes.cause = scoped_cause_rules.cause
ORDER BY current_causes.n DESC, current_causes.category NULLS LAST
LIMIT $limit
