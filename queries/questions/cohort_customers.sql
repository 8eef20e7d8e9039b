-- Customers of one cohort who ordered in a month after their first order (0: all of them), as of the period's last
-- month-end, the highest spenders first; `total` counts them all.
-- :column by one of month:cohort, quarter = quarter — what makes a cohort
-- :param cohort date = null — only those whose first order lies in the month or quarter that begins on this day
-- :param after int = 0 — months after the one of the customer's own first order
-- :param limit int = 200 — at most so many rows
-- :grain customer_id
WITH
matching AS NOT MATERIALIZED (
    SELECT customer_id
    FROM scoped_order_months
    WHERE
        day = (SELECT max(day) FROM scoped_month_ends)
        AND after = $after
        AND (CAST($cohort AS DATE) IS NULL OR $by = CAST($cohort AS DATE))
),
known AS (
    SELECT
        customer_id, day, tier, stage, first_order_day, last_order_day, order_days, spend, segment, region, industry
    FROM scoped_customer_months
    WHERE day = (SELECT max(day) FROM scoped_month_ends)
)
SELECT
    known.customer_id, names.customer_name, known.tier, known.stage AS life_stage, known.first_order_day,
    known.last_order_day, known.order_days, known.spend, known.segment, known.region, known.industry, names.owner,
    (SELECT count(*) FROM matching) AS total
FROM matching
JOIN known ON known.customer_id = matching.customer_id
JOIN scoped_tier_names AS names ON names.customer_id = known.customer_id AND names.day = known.day
WHERE names.day = (SELECT max(day) FROM scoped_month_ends)
ORDER BY known.spend DESC, known.customer_id
LIMIT $limit
