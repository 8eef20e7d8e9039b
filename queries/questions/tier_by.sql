-- The tiers of each group of customers at the period's last month-end, the largest groups first, with each tier's share
-- of its group.
-- :column by one of segment, region, industry, persona — how to split
-- :param limit int = 12 — at most so many groups
-- :grain value, tier
WITH
counted AS (
    SELECT
        CAST($by AS VARCHAR) AS value,
        CAST(tier AS VARCHAR) AS tier,
        metric('tier_customers') AS customers,
        metric('tier_spend') AS spend
    FROM scoped_customer_months
    WHERE day = (SELECT max(day) FROM scoped_month_ends)
    GROUP BY $by, tier
),
grouped AS (
    SELECT *, sum(customers) OVER (PARTITION BY value) AS n
    FROM counted
),
placed AS (
    SELECT *, dense_rank() OVER (ORDER BY n DESC, value NULLS LAST) AS place
    FROM grouped
)
SELECT value, tier, customers, customers / n AS share, spend, n, place
FROM placed
WHERE place <= $limit
ORDER BY place, value, tier
