-- Complaints by category and month over the twelve months up to a day, the most frequent categories first (`place`); a
-- month without any is 0. `complaints` counts those of the whole month, whatever the category; `share` is of them.
-- :period ignored
-- :param until date = null — the last day; the data's last one if not given
-- :param limit int = 16 — at most so many categories
-- :grain category, month
WITH
last AS (SELECT coalesce(CAST($until AS DATE), CAST($as_of_day AS DATE)) AS day),
recent AS (
    SELECT CAST(category AS VARCHAR) AS category, month, metric('complaints') AS n
    FROM scoped_opened
    WHERE
        metric_where('complaints')
        AND month >= (SELECT max(CAST(date_trunc('month', day) - INTERVAL 11 MONTH AS DATE)) FROM last)
        AND day <= (SELECT max(day) FROM last)
    GROUP BY category, month
),
months AS (SELECT month, sum(n) AS complaints FROM recent GROUP BY month),
ranked AS (
    SELECT category, row_number() OVER (ORDER BY sum(n) DESC, category NULLS LAST) AS place
    FROM recent
    GROUP BY category
)
SELECT
    ranked.category,
    months.month,
    coalesce(recent.n, 0) AS n,
    CAST(months.complaints AS BIGINT) AS complaints,
    coalesce(recent.n, 0) / nullif(months.complaints, 0) AS share,
    ranked.place
FROM ranked
CROSS JOIN months
LEFT JOIN recent ON recent.month = months.month AND recent.category IS NOT DISTINCT FROM ranked.category
WHERE ranked.place <= $limit
ORDER BY ranked.place, months.month
