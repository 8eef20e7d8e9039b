-- Orders, the latest first. Times are the team's clock; `total` counts them all.
-- :param status text = null — only this status
-- :param persona text = null — only this persona
-- :param limit int = 200 — at most so many rows
-- :grain order_id
WITH
matching AS NOT MATERIALIZED (
    SELECT *
    FROM scoped_orders
    WHERE chosen(status, $status) AND chosen(persona, $persona)
),
first_rows AS (
    SELECT *, (SELECT count(*) FROM matching) AS total
    FROM matching
    ORDER BY ordered_at DESC, order_id
    LIMIT $limit
)
SELECT
    order_id, customer_id, local_time(ordered_at) AS ordered_at, quantity, amount, refunded, net, product, status, tier, segment,
    region, total
FROM first_rows
ORDER BY ordered_at DESC, order_id
