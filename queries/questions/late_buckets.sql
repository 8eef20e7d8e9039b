-- How late those that missed one clock were, in working minutes where the clock is of working hours: by the upper end of a
-- bucket, which it includes (NULL: without end), and over all of them (`overall`), with the median. Empty ones are left out.
-- :param stage one of response, feedback, resolution — which clock
-- :relation cohort one of due:scoped_clocks, opened:scoped_clocks_opened = due — whose day counts: the due day or the
--   day the ticket was opened
-- :grain overall, up_to_minutes
WITH late AS (
    SELECT
        state,
        late_minutes,
        CASE
            WHEN late_minutes <= 15 THEN 15
            WHEN late_minutes <= 60 THEN 60
            WHEN late_minutes <= 240 THEN 240
            WHEN late_minutes <= 480 THEN 480
            WHEN late_minutes <= 1440 THEN 1440
            WHEN late_minutes <= 4320 THEN 4320
        END AS up_to_minutes
    FROM $cohort
    WHERE stage = $stage AND late_minutes IS NOT NULL
)
SELECT
    grouping(up_to_minutes) = 1 AS overall,
    up_to_minutes,
    count(*) FILTER (WHERE state = 'breached') AS breached,
    count(*) FILTER (WHERE state = 'overdue') AS overdue,
    CAST(metric('late_median') AS DOUBLE) AS median
FROM late
GROUP BY GROUPING SETS ((up_to_minutes), ())
HAVING count(*) > 0
ORDER BY overall DESC, up_to_minutes NULLS LAST
