-- How well the model learnt from the first half of the data foretold the second: repeat orders in it as they came and as
-- expected, the difference as a share of those that came (above 0: expected too many), and the same over the whole time.
-- :grain split
WITH
summed AS (
    SELECT
        max(split) AS split, max(day) AS last_day, max(customers) AS customers,
        max(actual) AS actual_in_all, max(expected) AS expected_in_all,
        max(actual) - max(actual) FILTER (WHERE day <= split) AS actual,
        max(expected) - max(expected) FILTER (WHERE day <= split) AS expected
    FROM scoped_value_tracking
    HAVING count(*) > 0
)
SELECT
    split, last_day, customers, actual, expected, expected / nullif(actual, 0) - 1 AS error,
    actual_in_all, expected_in_all, expected_in_all / nullif(actual_in_all, 0) - 1 AS error_in_all
FROM summed
