-- How many customers moved how between an earlier month-end and the period's last, with what they spent in the policy's
-- window then and now. New: not known at the earlier one.
-- :param before date = null — the earlier month-end; left out, the one before the period's last
-- :grain move
SELECT move, count(*) AS customers, sum(spend) AS spend, sum(spend_before) AS spend_before
FROM scoped_tier_moves
WHERE
    day = (SELECT max(day) FROM scoped_month_ends)
    AND day_before = coalesce(CAST($before AS DATE), (SELECT max(day_before) FROM scoped_month_ends))
GROUP BY move
UNION ALL
SELECT
    'new' AS move,
    metric('tier_customers') AS customers,
    metric('tier_spend') AS spend,
    CAST(0 AS DOUBLE) AS spend_before
FROM scoped_customer_months
WHERE
    day = (SELECT max(day) FROM scoped_month_ends)
    AND since > coalesce(CAST($before AS DATE), (SELECT max(day_before) FROM scoped_month_ends))
HAVING count(*) > 0
ORDER BY move
