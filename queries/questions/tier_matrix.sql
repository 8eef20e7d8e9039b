-- From which tier to which between an earlier month-end and the period's last: customers, their share of all who come
-- from that tier and of all who are in it now, and what they spent in the policy's window then and now. Who was not
-- known then comes from "new".
-- :param before date = null — the earlier month-end; left out, the one before the period's last
-- :grain tier_before, tier
WITH pairs AS (
    SELECT
        CAST(tier_before AS VARCHAR) AS tier_before, CAST(tier AS VARCHAR) AS tier,
        count(*) AS customers, sum(spend) AS spend, sum(spend_before) AS spend_before
    FROM scoped_tier_moves
    WHERE
        day = (SELECT max(day) FROM scoped_month_ends)
        AND day_before = coalesce(CAST($before AS DATE), (SELECT max(day_before) FROM scoped_month_ends))
    GROUP BY tier_before, tier
    UNION ALL
    SELECT
        'new' AS tier_before, CAST(tier AS VARCHAR) AS tier,
        metric('tier_customers') AS customers, metric('tier_spend') AS spend, CAST(0 AS DOUBLE) AS spend_before
    FROM scoped_customer_months
    WHERE
        day = (SELECT max(day) FROM scoped_month_ends)
        AND since > coalesce(CAST($before AS DATE), (SELECT max(day_before) FROM scoped_month_ends))
    GROUP BY tier
)
SELECT
    tier_before, tier, customers,
    customers / sum(customers) OVER (PARTITION BY tier_before) AS share,
    customers / sum(customers) OVER (PARTITION BY tier) AS share_now,
    spend, spend_before
FROM pairs
ORDER BY tier_before, tier
