-- One customer at every month-end, the earliest first, each from nothing later than that day: tier, stage, health with its parts,
-- what they brought and are expected to bring. `revenue_a_month`: on average over the last twelve months up to it.
-- :period ignored — a customer is shown whole
-- :param customer text = null — which; none when it is not given
-- :grain day
SELECT
    day, whole, tier, months_in_tier, stage, advocate, contact_level, prefers, health, health_activity, health_spend,
    health_engagement, health_service, health_voice, first_order_day, recency_days, gap_days, limit_days, revenue, past_value, margin_to_date,
    alive, expected_orders, clv, value_method,
    avg(revenue) OVER (ORDER BY day ROWS BETWEEN 11 PRECEDING AND CURRENT ROW) AS revenue_a_month
FROM scoped_customer_months
WHERE customer_id = CAST($customer AS VARCHAR)
ORDER BY day
