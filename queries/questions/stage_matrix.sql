-- From which stage of a customer's life to which between an earlier month-end and the period's last: customers, their
-- share of all who were in that stage then and of all who are in it now, and what they spent in the policy's window then
-- and now. Who was not known then comes from "new".
-- :param before date = null — the earlier month-end; left out, the one before the period's last
-- :grain stage_before, stage
WITH pairs AS (
    SELECT
        CAST(stage_before AS VARCHAR) AS stage_before, CAST(stage AS VARCHAR) AS stage,
        count(*) AS customers, sum(spend) AS spend, sum(spend_before) AS spend_before
    FROM scoped_stage_moves
    WHERE
        day = (SELECT max(day) FROM scoped_month_ends)
        AND day_before = coalesce(CAST($before AS DATE), (SELECT max(day_before) FROM scoped_month_ends))
    GROUP BY stage_before, stage
    UNION ALL
    SELECT
        'new' AS stage_before, CAST(stage AS VARCHAR) AS stage,
        metric('tier_customers') AS customers, metric('tier_spend') AS spend, CAST(0 AS DOUBLE) AS spend_before
    FROM scoped_customer_months
    WHERE
        day = (SELECT max(day) FROM scoped_month_ends)
        AND since > coalesce(CAST($before AS DATE), (SELECT max(day_before) FROM scoped_month_ends))
    GROUP BY stage
)
SELECT
    stage_before, stage, customers,
    customers / sum(customers) OVER (PARTITION BY pairs.stage_before) AS share,
    customers / sum(customers) OVER (PARTITION BY pairs.stage) AS share_now,
    spend, spend_before
FROM pairs
ORDER BY stage_before, stage
