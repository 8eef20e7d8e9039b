-- How late those that missed one clock were, in working minutes where the clock is of working hours: every bucket, its
-- upper end included, the last one without end. `median` is of all of them.
-- :param stage one of response, feedback, resolution — which clock
-- :relation cohort one of due:scoped_clocks, opened:scoped_clocks_opened = due — whose day counts: the due day or the
--   day the ticket was opened
-- :grain place
WITH
buckets AS (
    SELECT *
    FROM (
        VALUES (1, 0, 15), (2, 15, 60), (3, 60, 240), (4, 240, 480), (5, 480, 1440), (6, 1440, 4320), (7, 4320, NULL)
    ) AS bounds (place, over, up_to)
),
late AS NOT MATERIALIZED (
    SELECT state, late_minutes
    FROM $cohort
    WHERE stage = $stage AND late_minutes IS NOT NULL
),
counted AS (
    SELECT
        CASE
            WHEN late_minutes <= 15 THEN 1
            WHEN late_minutes <= 60 THEN 2
            WHEN late_minutes <= 240 THEN 3
            WHEN late_minutes <= 480 THEN 4
            WHEN late_minutes <= 1440 THEN 5
            WHEN late_minutes <= 4320 THEN 6
            ELSE 7
        END AS place,
        count(*) FILTER (WHERE state = 'breached') AS breached,
        count(*) FILTER (WHERE state = 'overdue') AS overdue
    FROM late
    GROUP BY 1
)
SELECT
    buckets.place,
    buckets.over AS over_minutes,
    buckets.up_to AS up_to_minutes,
    coalesce(counted.breached, 0) AS breached,
    coalesce(counted.overdue, 0) AS overdue,
    (SELECT CAST(metric('late_median') AS DOUBLE) FROM late) AS median
FROM buckets
LEFT JOIN counted ON counted.place = buckets.place
ORDER BY buckets.place
