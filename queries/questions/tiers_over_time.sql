-- The tiers at each month-end of the period: customers and the revenue of that month, with shares of the month's
-- totals.
-- :grain day, tier
WITH counted AS (
    SELECT
        day, whole,
        CAST(tier AS VARCHAR) AS tier,
        metric('tier_customers') AS customers,
        metric('tier_revenue') AS revenue
    FROM scoped_customer_months
    GROUP BY day, whole, tier
)
SELECT
    day, whole, tier, customers,
    customers / sum(customers) OVER (PARTITION BY day) AS customer_share,
    revenue,
    revenue / nullif(sum(revenue) OVER (PARTITION BY day), 0) AS revenue_share
FROM counted
ORDER BY day, tier
