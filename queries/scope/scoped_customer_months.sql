-- Customers at month-ends, one row each from the month on in which they are known: scores and tier of that day, from
-- nothing later. `orders` and `spend` count the policy's window up to it, `revenue` the month's own days. Stage, health and
-- tags follow the policies of lifecycle and health; value is what the next 12 months are expected to bring.
-- :period day
-- :dimensions tier, segment, region, industry
SELECT
    customer_id, month, as_of AS day, whole, since, recency_days, last_order_day, orders, spend, past_value, r, f, m, p,
    months_in_tier, revenue, tier, segment, region, industry, persona,
    first_order_day, order_days, orders_ever, gap_days, limit_days, stage,
    health, health_activity, health_spend, health_engagement, health_service, health_voice,
    advocate, contact_level, prefers, margin_to_date, alive, expected_orders, clv, value_method, signal_score,
    fires_silence, fires_fewer_orders, fires_less_spend, fires_fewer_consultations, fires_fewer_logins,
    fires_more_complaints, fires_detractor, fires_breached
FROM customer_months
