-- Customers at month-ends, one row each from the month on in which they are known: scores and tier of that day, from
-- nothing later. `orders` and `spend` count the policy's window up to it, `revenue` the month's own days.
-- :period day
-- :dimensions tier, segment, region, industry
SELECT
    customer_id, month, as_of AS day, whole, since, recency_days, last_order_day, orders, spend, past_value, r, f, m, p,
    months_in_tier, revenue, tier, segment, region, industry, persona
FROM customer_months
