-- The working hours of the calendars by which one ticket is judged, from its opening to its last moment or due time. Times
-- are the team's clock.
-- :period ignored — a ticket is shown whole
-- :param ticket text = null — which; none when it is not given
-- :grain clock, opens_at
WITH
spans AS (
    SELECT
        clock, min(started_at) AS since,
        max(greatest(coalesce(due_at, started_at), coalesce(done_at, CAST($as_of AS TIMESTAMP)))) AS until
    FROM scoped_ticket_clocks
    WHERE ticket_id = CAST($ticket AS VARCHAR)
    GROUP BY clock
)
SELECT windows.clock, local_time(windows.opens_at) AS opens_at, local_time(windows.closes_at) AS closes_at
FROM spans
JOIN scoped_clock_windows AS windows
    ON windows.clock = spans.clock AND windows.closes_at > spans.since AND windows.opens_at < spans.until
ORDER BY windows.clock, windows.opens_at
