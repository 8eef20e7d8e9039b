-- The month-ends at which tiers are decided; the last one is the data's last day, `whole` false if its month is not
-- over. `filled`: the policy's window lies whole within the data. `day_before` is the month-end before it.
-- :period day
-- :permission everyone — dates only
SELECT
    month, as_of AS day, lag(as_of) OVER (ORDER BY as_of) AS day_before, whole, filled, window_days
FROM month_ends
