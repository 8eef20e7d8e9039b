-- Tickets open at the end of each day, or of the last day of each week or month, up to the data's last day.
-- :period ignored scoped_flow, scoped_calendar — what was opened before the period counts too
-- :column bucket one of day, week, month = day — how finely
-- :grain bucket
WITH
daily AS (SELECT day, metric('backlog') AS change FROM scoped_flow GROUP BY day),
running AS (
    SELECT
        scoped_calendar.day,
        sum(coalesce(daily.change, 0)) OVER (ORDER BY scoped_calendar.day) AS total
    FROM scoped_calendar
    LEFT JOIN daily ON daily.day = scoped_calendar.day
    WHERE scoped_calendar.day <= $as_of_day
)
SELECT buckets.bucket, CAST(max_by(running.total, running.day) AS BIGINT) AS tickets
FROM running
JOIN (SELECT day, $bucket AS bucket FROM scoped_days) AS buckets ON buckets.day = running.day
GROUP BY buckets.bucket
ORDER BY buckets.bucket
