-- Customers whose number, name or owner holds some words, in small letters or capitals: the number itself first, then those whose
-- number or name begins so, the highest revenue first. `total` counts all that match. A masked name is not found.
-- :period ignored — it shows the state as of the data's last day
-- :param search text = null — what to look for; all customers when it is not given
-- :param limit int = 200 — at most so many rows
-- :grain customer_id
WITH
matching AS NOT MATERIALIZED (
    SELECT *, lower(coalesce(CAST($search AS VARCHAR), '')) AS wanted, lower(coalesce(name, '')) AS called
    FROM scoped_customers
    WHERE contains(
        lower(concat(customer_id, ' ', coalesce(name, ''), ' ', coalesce(owner, ''))), lower(coalesce(CAST($search AS VARCHAR), ''))
    )
)
SELECT
    name AS customer_name, customer_id, is_vip, tier, owner, segment, region, industry, orders AS orders_ever, revenue AS past_value,
    last_order_day, count(*) OVER () AS total
FROM matching
ORDER BY
    lower(customer_id) <> wanted, NOT (starts_with(lower(customer_id), wanted) OR starts_with(called, wanted)), revenue DESC,
    customer_id
LIMIT $limit
