-- Customers at two month-ends, one row for each pair of them: which tier they had at the earlier one, which at the
-- later one, and how to call that. Silent: now dormant. Back: no longer dormant, with an order since. Filters take the
-- later tier.
-- :period day
-- :dimensions tier, segment, region, industry
SELECT
    later.customer_id, later.as_of AS day, earlier.as_of AS day_before,
    earlier.tier AS tier_before, later.spend, earlier.spend AS spend_before,
    CASE
        WHEN later.tier = earlier.tier THEN 'same'
        WHEN later.tier = 'dormant' THEN 'silent'
        WHEN earlier.tier = 'dormant' AND later.last_order_day > earlier.as_of THEN 'back'
        WHEN later.tier = 'core' OR later.tier = 'growth' AND earlier.tier <> 'core' THEN 'up'
        ELSE 'down'
    END AS move,
    later.recency_days, later.last_order_day, later.orders, later.r, later.f, later.m, later.months_in_tier,
    later.tier, later.segment, later.region, later.industry, later.persona
FROM customer_months AS later
JOIN customer_months AS earlier ON earlier.customer_id = later.customer_id
