-- Why customers moved from one tier to another between an earlier month-end and the period's last: the scores that
-- explain it (scoped_tier_changes), with the customers and their share of all who moved that way, most first.
-- :param before date = null — the earlier month-end; left out, the one before the period's last
-- :grain tier_before, tier, why
WITH
counted AS (
    SELECT CAST(tier_before AS VARCHAR) AS tier_before, CAST(tier AS VARCHAR) AS tier, why, count(*) AS customers
    FROM scoped_tier_changes
    WHERE
        day = (SELECT max(day) FROM scoped_month_ends)
        AND day_before = coalesce(CAST($before AS DATE), (SELECT max(day_before) FROM scoped_month_ends))
    GROUP BY tier_before, tier, why
),
flows AS (
    SELECT *, sum(customers) OVER (PARTITION BY tier_before, tier) AS n
    FROM counted
)
SELECT tier_before, tier, why, customers, customers / n AS share
FROM flows
ORDER BY n DESC, tier_before, tier, customers DESC, why
