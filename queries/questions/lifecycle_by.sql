-- Customers by the stage of their life with us (or by tier) at the period's last month-end: how many, their share of all,
-- the month's revenue and what each active one brought, their expected value, and their health with its parts.
-- :column by one of stage, tier = stage — how to split
-- :grain value
SELECT
    CAST($by AS VARCHAR) AS value,
    metric('tier_customers') AS customers,
    metric('tier_customers') / sum(metric('tier_customers')) OVER () AS share,
    metric('active_customers') AS active,
    metric('tier_revenue') AS revenue,
    metric('arpu') AS arpu,
    metric('clv_each') AS clv_each, metric_n('clv_each') AS valued,
    metric('health') AS health, metric_n('health') AS judged,
    avg(health_activity) AS health_activity, count(health_activity) AS n_activity,
    avg(health_spend) AS health_spend, count(health_spend) AS n_spend,
    avg(health_engagement) AS health_engagement, count(health_engagement) AS n_engagement,
    avg(health_service) AS health_service, count(health_service) AS n_service,
    avg(health_voice) AS health_voice, count(health_voice) AS n_voice
FROM scoped_customer_months
WHERE day = (SELECT max(day) FROM scoped_month_ends)
GROUP BY $by
ORDER BY $by
