-- Customers who changed tier between an earlier month-end and the period's last, those whose spending changed most
-- first: the largest gain of those who rose or came back, the largest loss of the others; `total` counts them all.
-- :param before date = null — the earlier month-end; left out, the one before the period's last
-- :param move one of up, down, silent, back, same, any = any — how they moved; any = every change
-- :param tier_before text = null — only from this tier
-- :param tier text = null — only to this tier
-- :param limit int = 200 — at most so many rows
-- :grain customer_id
WITH
matching AS NOT MATERIALIZED (
    SELECT *
    FROM scoped_tier_moves
    WHERE
        day = (SELECT max(day) FROM scoped_month_ends)
        AND day_before = coalesce(CAST($before AS DATE), (SELECT max(day_before) FROM scoped_month_ends))
        AND (move = CAST($move AS VARCHAR) OR $move = 'any' AND move <> 'same')
        AND chosen(tier_before, $tier_before)
        AND chosen(tier, $tier)
),
first_rows AS (
    SELECT
        *,
        spend - spend_before AS spend_change,
        CASE WHEN move IN ('up', 'back') THEN spend_before - spend ELSE spend - spend_before END AS place,
        (SELECT count(*) FROM matching) AS total
    FROM matching
    ORDER BY place, customer_id
    LIMIT $limit
),
changes AS (
    SELECT customer_id, why
    FROM scoped_tier_changes
    WHERE
        day = (SELECT max(day) FROM scoped_month_ends)
        AND day_before = coalesce(CAST($before AS DATE), (SELECT max(day_before) FROM scoped_month_ends))
)
SELECT
    customers.customer_id, names.customer_name, customers.move, customers.tier_before, customers.tier,
    changes.why AS move_why, customers.spend_change, customers.spend, customers.orders, customers.last_order_day, customers.recency_days,
    customers.r, customers.f, customers.m, customers.months_in_tier, customers.segment, customers.region,
    customers.industry, customers.persona, names.owner, names.strategic,
    customers.total
FROM first_rows AS customers
JOIN scoped_tier_names AS names ON names.customer_id = customers.customer_id AND names.day = customers.day
LEFT JOIN changes ON changes.customer_id = customers.customer_id
WHERE names.day = (SELECT max(day) FROM scoped_month_ends)
ORDER BY customers.place, customers.customer_id
