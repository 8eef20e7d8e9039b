-- Customers, one row each; the period does not apply to who they are.
-- :dimensions tier, segment, region, industry
-- :personal name
SELECT
    customer_id, name, segment, region, industry, persona, owner, strategic, signed_up_on, consent, tier, is_vip,
    first_order_day, last_order_day, orders, revenue
FROM dim_customer
