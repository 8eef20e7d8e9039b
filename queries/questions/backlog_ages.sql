-- Tickets open at the end of each day, or of the last day of each week or month, by age group: days since the day they
-- were opened. A ticket enters a group when it is old enough and leaves it when it is resolved or too old; summed up to a
-- day, the changes give the group's tickets. Ends with the data's last day.
-- :period ignored scoped_tickets, scoped_calendar — what was opened before the period counts too
-- :column bucket one of day, week, month = day — how finely
-- :grain bucket, place
WITH
spans AS (
    SELECT day AS opened_on, least(resolved_day, closed_day) AS ended_on, count(*) AS n
    FROM scoped_tickets
    GROUP BY day, least(resolved_day, closed_day)
),
stays AS (
    SELECT
        ages.place,
        spans.opened_on + ages.from_days AS enters,
        least(spans.ended_on, spans.opened_on + ages.until_days) AS leaves,
        spans.n
    FROM spans
    CROSS JOIN scoped_backlog_ages AS ages
),
changes AS (
    SELECT place, enters AS day, sum(n) AS change
    FROM stays
    WHERE leaves IS NULL OR leaves > enters
    GROUP BY place, enters
    UNION ALL
    SELECT place, leaves AS day, -sum(n) AS change
    FROM stays
    WHERE leaves > enters
    GROUP BY place, leaves
),
daily AS (SELECT place, day, sum(change) AS change FROM changes GROUP BY place, day),
running AS (
    SELECT
        ages.place, ages.from_days, ages.until_days, calendar.day,
        sum(coalesce(daily.change, 0)) OVER (PARTITION BY ages.place ORDER BY calendar.day) AS total
    FROM scoped_calendar AS calendar
    CROSS JOIN scoped_backlog_ages AS ages
    LEFT JOIN daily ON daily.day = calendar.day AND daily.place = ages.place
    WHERE calendar.day <= $as_of_day
)
SELECT
    ends.bucket,
    running.day,
    running.place,
    running.from_days,
    running.until_days,
    CAST(running.total AS BIGINT) AS tickets,
    CAST(sum(running.total) OVER (PARTITION BY running.day) AS BIGINT) AS of_all
FROM running
JOIN (
    SELECT $bucket AS bucket, max(day) AS day
    FROM scoped_days
    WHERE day <= $as_of_day
    GROUP BY $bucket
) AS ends ON ends.day = running.day
ORDER BY ends.bucket, running.place
