-- Customers in a stage of their life at an earlier month-end and in one at the period's last, the highest spenders first;
-- `total` counts them all.
-- :param before date = null — the earlier month-end; left out, the one before the period's last
-- :param stage_before text = null — only from this stage
-- :param stage text = null — only those now in this stage
-- :param limit int = 200 — at most so many rows
-- :grain customer_id
WITH
matching AS NOT MATERIALIZED (
    SELECT *
    FROM scoped_stage_moves
    WHERE
        day = (SELECT max(day) FROM scoped_month_ends)
        AND day_before = coalesce(CAST($before AS DATE), (SELECT max(day_before) FROM scoped_month_ends))
        AND chosen(stage_before, $stage_before)
        AND chosen(stage, $stage)
),
first_rows AS (
    SELECT *, (SELECT count(*) FROM matching) AS total
    FROM matching
    ORDER BY spend DESC, customer_id
    LIMIT $limit
)
SELECT
    customers.customer_id, names.customer_name, customers.stage_before AS life_stage_before,
    customers.stage AS life_stage, customers.tier, customers.spend, customers.spend - customers.spend_before AS spend_change,
    customers.last_order_day, customers.segment, customers.region, customers.industry, names.owner, customers.total
FROM first_rows AS customers
JOIN scoped_tier_names AS names ON names.customer_id = customers.customer_id AND names.day = customers.day
WHERE names.day = (SELECT max(day) FROM scoped_month_ends)
ORDER BY customers.spend DESC, customers.customer_id
