-- Every customer that any table names, with what is known of them, their tier, and whether they are VIP (core or strategic).
-- The first tier rule that fits wins; whoever fits none is standard.
CREATE TEMP TABLE customer_tiers AS
SELECT customer_id, arg_min(tier, rank) AS tier
FROM customer_scores AS s
JOIN tier_rules AS r ON s.recency BETWEEN r.recency_min AND r.recency_max
    AND s.frequency BETWEEN r.frequency_min AND r.frequency_max
    AND s.monetary BETWEEN r.monetary_min AND r.monetary_max
    AND s.past_value BETWEEN r.past_value_min AND r.past_value_max
GROUP BY customer_id;

CREATE TABLE dim_customer AS
WITH named AS (
    SELECT customer_id FROM customers
    UNION SELECT customer_id FROM tickets WHERE customer_id IS NOT NULL
    UNION SELECT customer_id FROM orders WHERE customer_id IS NOT NULL
    UNION SELECT customer_id FROM surveys WHERE customer_id IS NOT NULL
    UNION SELECT customer_id FROM interactions WHERE customer_id IS NOT NULL
)
SELECT
    customer_id,
    c.name,
    c.segment::dim_segment AS segment,
    c.region::dim_region AS region,
    c.industry::dim_industry AS industry,
    c.persona::dim_persona AS persona,
    c.owner,
    coalesce(c.strategic, false) AS strategic,
    c.signed_up_on,
    c.consent,
    coalesce(t.tier, 'standard')::dim_tier AS tier,
    coalesce(t.tier, 'standard') = 'core' OR coalesce(c.strategic, false) AS is_vip,
    o.first_order_day,
    o.last_order_day,
    coalesce(o.orders, 0) AS orders,
    coalesce(o.revenue, 0) AS revenue
FROM named
LEFT JOIN customers AS c USING (customer_id)
LEFT JOIN customer_tiers AS t USING (customer_id)
LEFT JOIN customer_orders AS o USING (customer_id)
ORDER BY customer_id;
