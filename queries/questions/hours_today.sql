-- The working hours of each calendar on the data's last day: until when those run that run at its last moment (`hours_until`,
-- empty when none do), and when the last of the day end. Times are the team's clock.
-- :period ignored — it shows the state as of the data's last moment
-- :grain clock
SELECT
    clock,
    local_time(max(CASE WHEN opens_at <= CAST($as_of AS TIMESTAMP) AND closes_at > CAST($as_of AS TIMESTAMP) THEN closes_at END))
        AS hours_until,
    local_time(max(closes_at)) AS day_until
FROM scoped_clock_windows
WHERE CAST(local_time(opens_at) AS DATE) = CAST($as_of_day AS DATE)
GROUP BY clock
ORDER BY clock
