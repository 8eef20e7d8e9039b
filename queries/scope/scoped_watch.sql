-- Customers with at least one sign that they may leave, or a high risk, as of the data's last day; the period does not apply.
-- :dimensions tier, segment, region, industry
-- :personal customer_name
SELECT
    customer_id, name AS customer_name, owner, risk, method, horizon_months, reasons, standing, days_left, consent, score, strongest, signals, value_at_risk, action, worth_a_call, strategic, is_vip,
    orders, last_order_day, tier, segment, region, industry
FROM customer_risks
