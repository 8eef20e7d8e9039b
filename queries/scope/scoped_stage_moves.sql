-- Customers at two month-ends, one row for each pair of them: the stage of their life with us at the earlier one and at
-- the later one. Filters take who the customer is at the later one.
-- :period day
-- :dimensions tier, segment, region, industry
SELECT
    later.customer_id, later.as_of AS day, earlier.as_of AS day_before, earlier.stage AS stage_before, later.stage,
    later.last_order_day, earlier.spend AS spend_before, later.spend,
    later.tier, later.segment, later.region, later.industry
FROM customer_months AS later
JOIN customer_months AS earlier ON earlier.customer_id = later.customer_id
