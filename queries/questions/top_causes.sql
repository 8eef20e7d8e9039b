-- The causes with most complaints in a month, against the month before and the twelve before (their mean, lowest and
-- highest; the month in which the data begins is left out, as it may be cut), with what they cost. `share` is of all
-- complaints of the month. A month that is not over is held against as many first days of the others (`first_days`).
-- Without a month: of the complaints that have no date.
-- :period ignored
-- :param month date = null — its first day
-- :param first_days int = null — only so many first days of each month; all if not given
-- :param limit int = 3 — at most so many causes
-- :grain cause
WITH
recent AS (
    SELECT
        cause,
        month,
        count(*) AS n,
        count(*) FILTER (WHERE source = 'ticket') AS tickets,
        count(*) FILTER (WHERE breached) AS breached,
        count(*) FILTER (WHERE compensation > 0) AS compensated,
        coalesce(sum(compensation), 0) AS compensation,
        count(DISTINCT customer_id) AS customers
    FROM scoped_complaints_ever
    WHERE
        (
            month IS NOT DISTINCT FROM CAST($month AS DATE)
            OR month >= CAST(CAST($month AS DATE) - INTERVAL 12 MONTH AS DATE) AND month < CAST($month AS DATE)
        )
        AND (CAST($first_days AS INTEGER) IS NULL OR day < month + CAST($first_days AS INTEGER))
    GROUP BY cause, month
),
leading AS (
    SELECT *, n / sum(n) OVER () AS share
    FROM recent
    WHERE month IS NOT DISTINCT FROM CAST($month AS DATE)
),
months AS (
    SELECT DISTINCT month
    FROM recent
    WHERE month < CAST($month AS DATE) AND month > (SELECT min(month) FROM scoped_complaints_ever)
),
usual AS (
    SELECT
        leading.cause,
        avg(coalesce(recent.n, 0)) AS usual,
        min(coalesce(recent.n, 0)) AS usual_low,
        max(coalesce(recent.n, 0)) AS usual_high,
        count(*) AS months_before,
        sum(
            CASE WHEN months.month = CAST(CAST($month AS DATE) - INTERVAL 1 MONTH AS DATE) THEN coalesce(recent.n, 0) END
        ) AS n_before
    FROM leading
    CROSS JOIN months
    LEFT JOIN recent ON recent.month = months.month AND recent.cause = leading.cause
    GROUP BY leading.cause
)
SELECT
    leading.cause, scoped_causes.responsible, leading.n, leading.share, leading.tickets, leading.breached,
    leading.compensated, leading.compensation, leading.customers,
    CAST(usual.n_before AS BIGINT) AS n_before, usual.usual, usual.usual_low, usual.usual_high,
    coalesce(usual.months_before, 0) AS months_before
FROM leading
LEFT JOIN usual ON usual.cause = leading.cause
LEFT JOIN scoped_causes ON scoped_causes.cause = leading.cause
WHERE leading.cause IS NOT NULL
ORDER BY leading.n DESC, leading.cause
LIMIT $limit
