-- The month-ends at which tiers are known, the earliest first; `whole` is false where the data ends within the month,
-- `filled` where the policy's window reaches back to before the first order.
-- :period ignored — a page chooses among them by its period
-- :grain day
SELECT day, month, whole, filled, window_days
FROM scoped_month_ends
ORDER BY day
