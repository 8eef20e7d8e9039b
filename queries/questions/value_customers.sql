-- Customers by the margin they are expected to bring in after the period's last month-end; `total` counts them all.
-- :param tier text = null — only this tier
-- :param stage text = null — only this stage of a customer's life
-- :param segment text = null — only this segment
-- :param region text = null — only this region
-- :param industry text = null — only this industry
-- :param persona text = null — only this persona
-- :param limit int = 200 — at most so many rows
-- :grain customer_id
WITH
matching AS NOT MATERIALIZED (
    SELECT *
    FROM scoped_customer_months
    WHERE
        day = (SELECT max(day) FROM scoped_month_ends)
        AND clv IS NOT NULL
        AND chosen(tier, $tier)
        AND chosen(stage, $stage)
        AND chosen(segment, $segment)
        AND chosen(region, $region)
        AND chosen(industry, $industry)
        AND chosen(persona, $persona)
),
first_rows AS (
    SELECT *, (SELECT count(*) FROM matching) AS total
    FROM matching
    ORDER BY clv DESC, customer_id
    LIMIT $limit
)
SELECT
    customers.customer_id, names.customer_name, round(customers.clv, 2) AS clv,
    round(customers.expected_orders, 1) AS expected_orders, CAST(round(100 * customers.alive) AS INTEGER) AS alive_percent,
    round(customers.margin_to_date, 2) AS margin_to_date, customers.last_order_day, customers.tier,
    customers.stage AS life_stage, customers.segment, customers.region, customers.industry, customers.persona,
    names.owner, customers.total
FROM first_rows AS customers
JOIN scoped_tier_names AS names ON names.customer_id = customers.customer_id AND names.day = customers.day
WHERE names.day = (SELECT max(day) FROM scoped_month_ends)
ORDER BY customers.clv DESC, customers.customer_id
