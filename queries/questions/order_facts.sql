-- What the orders add up to: rows, customers, exact duplicates (rows equal in all but their key), amounts, days.
-- :grain orders
WITH alike AS (
    SELECT customer_id, ordered_at, day, quantity, amount, refunded, net, product, status, count(*) AS times
    FROM scoped_orders
    GROUP BY customer_id, ordered_at, day, quantity, amount, refunded, net, product, status
)
SELECT
    CAST(coalesce(sum(times), 0) AS BIGINT) AS orders,
    count(DISTINCT customer_id) AS customers,
    CAST(coalesce(sum(times - 1), 0) AS BIGINT) AS duplicates,
    coalesce(sum(amount * times), 0) AS amount,
    coalesce(sum(refunded * times), 0) AS refunded,
    coalesce(sum(net * times), 0) AS net,
    min(day) AS first_day,
    max(day) AS last_day
FROM alike
