-- Orders placed in the period, one row each.
-- :period day
-- :dimensions tier, segment, region, industry, product
SELECT
    order_id, customer_id, ordered_at, day, week, month, quantity, amount, refunded, net, status, persona,
    tier, segment, region, industry, product
FROM fact_orders
