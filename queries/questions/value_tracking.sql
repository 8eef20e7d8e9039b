-- Repeat orders so far, week by week, of the customers who first ordered in the first half of the data: as they came, and as
-- the model learnt from that half (up to `split`) expects them.
-- `off`: expected less actual, as a share of actual.
-- :grain week
SELECT week, day, split, actual, expected, expected / nullif(actual, 0) - 1 AS off
FROM scoped_value_tracking
ORDER BY week
