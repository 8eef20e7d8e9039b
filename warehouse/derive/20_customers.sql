-- Every customer that any table names, with what is known of them, their tier at the last month-end (the data's last day),
-- and whether they are VIP (core or strategic).
CREATE TABLE dim_customer AS
WITH ordered AS (
    SELECT
        number, min(day) AS first_order_day, max(day) AS last_order_day, sum(orders)::BIGINT AS orders,
        sum(net)::BIGINT / 10000 AS revenue
    FROM order_days
    GROUP BY number
),
latest AS (SELECT number, tier FROM customer_tiers WHERE place = (SELECT max(place) FROM ends))
SELECT
    k.customer_id,
    c.name,
    c.segment::dim_segment AS segment,
    c.region::dim_region AS region,
    c.industry::dim_industry AS industry,
    c.persona::dim_persona AS persona,
    c.owner,
    coalesce(c.strategic, false) AS strategic,
    c.signed_up_on,
    c.consent,
    coalesce(t.tier, d.tier::dim_tier) AS tier,
    coalesce(t.tier, d.tier::dim_tier) = 'core' OR coalesce(c.strategic, false) AS is_vip,
    o.first_order_day,
    o.last_order_day,
    coalesce(o.orders, 0) AS orders,
    coalesce(o.revenue, 0) AS revenue
FROM all_customers AS k
CROSS JOIN (SELECT tier FROM tier_rules WHERE is_default) AS d
LEFT JOIN customers AS c USING (customer_id)
LEFT JOIN latest AS t USING (number)
LEFT JOIN ordered AS o USING (number)
ORDER BY k.number;
