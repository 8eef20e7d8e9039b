-- Month by month over the period: active customers, the month's revenue and what each active one brought, and health.
-- :grain day
SELECT
    day, whole,
    metric('active_customers') AS active,
    metric('tier_revenue') AS revenue,
    metric('arpu') AS arpu,
    metric('health') AS health
FROM scoped_customer_months
GROUP BY day, whole
ORDER BY day
