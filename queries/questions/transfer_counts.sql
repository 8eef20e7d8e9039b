-- How often the tickets opened in the period were transferred: 0 to 3 times, or more (4), of those for which it is known.
-- :grain times
WITH counted AS (
    SELECT CASE WHEN transfers > 3 THEN 4 ELSE transfers END AS times, count(*) AS n
    FROM scoped_opened
    WHERE transfers IS NOT NULL
    GROUP BY CASE WHEN transfers > 3 THEN 4 ELSE transfers END
)
SELECT times, n, n / sum(n) OVER () AS share
FROM counted
ORDER BY times
