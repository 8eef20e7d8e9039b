-- How many tickets opened in the period took how long on one clock: every bucket, its upper end included, the last one
-- without end. The share is of those for which it is over.
-- :param stage one of response, feedback, resolution — which clock
-- :grain place
WITH
buckets AS (
    SELECT *
    FROM (
        VALUES
        (1, 10), (2, 30), (3, 60), (4, 120), (5, 240), (6, 480), (7, 1440), (8, 2880), (9, 7200), (10, NULL)
    ) AS bounds (place, up_to)
),
counted AS (
    SELECT
        CASE
            WHEN minutes <= 10 THEN 1
            WHEN minutes <= 30 THEN 2
            WHEN minutes <= 60 THEN 3
            WHEN minutes <= 120 THEN 4
            WHEN minutes <= 240 THEN 5
            WHEN minutes <= 480 THEN 6
            WHEN minutes <= 1440 THEN 7
            WHEN minutes <= 2880 THEN 8
            WHEN minutes <= 7200 THEN 9
            ELSE 10
        END AS place,
        count(*) AS tickets
    FROM scoped_clocks_opened
    WHERE stage = $stage AND minutes IS NOT NULL
    GROUP BY 1
)
SELECT
    buckets.place,
    buckets.up_to AS up_to_minutes,
    coalesce(counted.tickets, 0) AS tickets,
    coalesce(counted.tickets, 0) / nullif(sum(counted.tickets) OVER (), 0) AS share
FROM buckets
LEFT JOIN counted ON counted.place = buckets.place
ORDER BY buckets.place
