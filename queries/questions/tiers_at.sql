-- The tiers at the period's last month-end, always all four: customers, what they spent in the policy's window, and the
-- shares of all of both.
-- :grain tier
WITH
tiers AS (
    SELECT *
    FROM (VALUES (1, 'core'), (2, 'growth'), (3, 'dormant'), (4, 'standard')) AS named (place, tier)
),
counted AS (
    SELECT
        CAST(tier AS VARCHAR) AS tier,
        metric('tier_customers') AS customers,
        metric('tier_spend') AS spend,
        metric('tier_revenue') AS revenue,
        avg(months_in_tier) AS months_in_tier
    FROM scoped_customer_months
    WHERE day = (SELECT max(day) FROM scoped_month_ends)
    GROUP BY tier
)
SELECT
    tiers.tier,
    coalesce(counted.customers, 0) AS customers,
    coalesce(counted.customers, 0) / nullif(sum(counted.customers) OVER (), 0) AS customer_share,
    coalesce(counted.spend, 0) AS spend,
    coalesce(counted.spend, 0) / nullif(sum(counted.spend) OVER (), 0) AS spend_share,
    coalesce(counted.revenue, 0) AS revenue,
    counted.months_in_tier
FROM tiers
LEFT JOIN counted ON counted.tier = tiers.tier
ORDER BY tiers.place, tiers.tier
