-- Customers at the period's last month-end with their scores, the highest spenders first; `total` counts them all.
-- `spend` and `orders` are those of the policy's window.
-- :param tier text = null — only this tier
-- :param stage text = null — only this stage of a customer's life
-- :param r int = null — only this recency score
-- :param f int = null — only this frequency score
-- :param segment text = null — only this segment
-- :param region text = null — only this region
-- :param industry text = null — only this industry
-- :param persona text = null — only this persona
-- :param since date = null — only customers known since after this day
-- :param buyers int = 0 — only customers with at least so many orders in the window
-- :param limit int = 200 — at most so many rows
-- :grain customer_id
WITH
matching AS NOT MATERIALIZED (
    SELECT *
    FROM scoped_customer_months
    WHERE
        day = (SELECT max(day) FROM scoped_month_ends)
        AND chosen(tier, $tier)
        AND chosen(stage, $stage)
        AND (CAST($r AS INTEGER) IS NULL OR r = $r)
        AND (CAST($f AS INTEGER) IS NULL OR f = $f)
        AND chosen(segment, $segment)
        AND chosen(region, $region)
        AND chosen(industry, $industry)
        AND chosen(persona, $persona)
        AND (CAST($since AS DATE) IS NULL OR since > CAST($since AS DATE))
        AND orders >= $buyers
),
first_rows AS (
    SELECT *, (SELECT count(*) FROM matching) AS total
    FROM matching
    ORDER BY spend DESC, customer_id
    LIMIT $limit
)
SELECT
    customers.customer_id, names.customer_name, customers.tier, customers.months_in_tier,
    customers.r, customers.f, customers.m,
    customers.spend, customers.orders, customers.last_order_day, customers.recency_days, customers.past_value,
    customers.segment, customers.region, customers.industry, customers.persona, names.owner, names.strategic,
    customers.total
FROM first_rows AS customers
JOIN scoped_tier_names AS names ON names.customer_id = customers.customer_id AND names.day = customers.day
WHERE names.day = (SELECT max(day) FROM scoped_month_ends)
ORDER BY customers.spend DESC, customers.customer_id
