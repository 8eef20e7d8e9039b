-- From which tier to which between two month-ends: customers, their share of all who come from that tier, and what they
-- spent in the policy's window then and now. Customers not known at the earlier one come from "new".
-- :param day date — the later month-end
-- :param before date — the earlier month-end
-- :grain tier_before, tier
WITH pairs AS (
    SELECT
        CAST(tier_before AS VARCHAR) AS tier_before, CAST(tier AS VARCHAR) AS tier,
        count(*) AS customers, sum(spend) AS spend, sum(spend_before) AS spend_before
    FROM scoped_tier_moves
    WHERE day = $day AND day_before = $before
    GROUP BY tier_before, tier
    UNION ALL
    SELECT
        'new' AS tier_before, CAST(tier AS VARCHAR) AS tier,
        metric('tier_customers') AS customers, metric('tier_spend') AS spend, CAST(0 AS DOUBLE) AS spend_before
    FROM scoped_customer_months
    WHERE day = $day AND since > $before
    GROUP BY tier
)
SELECT
    tier_before, tier, customers, customers / sum(customers) OVER (PARTITION BY tier_before) AS share, spend, spend_before
FROM pairs
ORDER BY tier_before, tier
