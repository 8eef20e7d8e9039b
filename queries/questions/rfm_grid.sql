-- Customers by recency and frequency score at the period's last month-end, with what they spent in the policy's window.
-- Customers who have never ordered have no scores and are not in it.
-- :grain r, f
SELECT
    r, f,
    metric('tier_customers') AS customers,
    metric('tier_customers') / sum(metric('tier_customers')) OVER () AS customer_share,
    metric('tier_spend') AS spend,
    metric('tier_spend') / nullif(sum(metric('tier_spend')) OVER (), 0) AS spend_share,
    metric('tier_spend') / metric('tier_customers') AS spend_each,
    avg(m) AS m
FROM scoped_customer_months
WHERE day = (SELECT max(day) FROM scoped_month_ends) AND r IS NOT NULL
GROUP BY r, f
ORDER BY r, f
