-- How many customers moved how between two month-ends, with what they spent in the policy's window then and now. New: not
-- known at the earlier one.
-- :param day date — the later month-end
-- :param before date — the earlier month-end
-- :grain move
SELECT move, count(*) AS customers, sum(spend) AS spend, sum(spend_before) AS spend_before
FROM scoped_tier_moves
WHERE day = $day AND day_before = $before
GROUP BY move
UNION ALL
SELECT 'new' AS move, metric('tier_customers') AS customers, metric('tier_spend') AS spend, CAST(0 AS DOUBLE) AS spend_before
FROM scoped_customer_months
WHERE day = $day AND since > $before
HAVING count(*) > 0
ORDER BY move
