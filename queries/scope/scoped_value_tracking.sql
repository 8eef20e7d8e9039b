-- The proof of the model of orders, over the whole data and all customers, week by week.
-- :permission everyone — sums over all customers, nothing about one
SELECT split, customers, week, day, actual, expected
FROM value_tracking
