-- One customer: who they are, as of the data's last day.
-- :period ignored — a customer is shown whole
-- :param customer text = null — which; none when it is not given
-- :grain customer_id
SELECT
    customer_id, name AS customer_name, tier, is_vip, strategic, segment, region, industry, persona, owner, consent, signed_up_on,
    first_order_day, last_order_day, orders AS orders_ever
FROM scoped_customers
WHERE customer_id = CAST($customer AS VARCHAR)
