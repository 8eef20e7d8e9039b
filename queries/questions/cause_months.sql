-- Complaints by cause and month, over the month of a day and the twelve before it, the most frequent causes first
-- (`place`), what no rule covers last; a month without any is 0. `complaints` counts those of the whole month (or of its first days), whatever
-- the cause; `share` is of them.
-- :period ignored
-- :param until date = null — the last day; the data's last one if not given
-- :param first_days int = null — only so many first days of each month; all if not given
-- :grain cause, month
WITH
last AS (SELECT coalesce(CAST($until AS DATE), CAST($as_of_day AS DATE)) AS day),
recent AS (
    SELECT cause, month, count(*) AS n
    FROM scoped_complaints_ever
    WHERE
        month >= (SELECT max(CAST(date_trunc('month', day) - INTERVAL 12 MONTH AS DATE)) FROM last)
        AND day <= (SELECT max(day) FROM last)
        AND (CAST($first_days AS INTEGER) IS NULL OR day < month + CAST($first_days AS INTEGER))
    GROUP BY cause, month
),
months AS (SELECT month, sum(n) AS complaints FROM recent GROUP BY month),
ranked AS (
    SELECT cause, row_number() OVER (ORDER BY cause IS NULL, sum(n) DESC, cause) AS place
    FROM recent
    GROUP BY cause
)
SELECT
    ranked.cause,
    months.month,
    coalesce(recent.n, 0) AS n,
    CAST(months.complaints AS BIGINT) AS complaints,
    coalesce(recent.n, 0) / nullif(months.complaints, 0) AS share,
    ranked.place
FROM ranked
CROSS JOIN months
LEFT JOIN recent ON recent.month = months.month AND recent.cause IS NOT DISTINCT FROM ranked.cause
ORDER BY ranked.place, ranked.cause, months.month
