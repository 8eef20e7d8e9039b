-- What groups of customers who have ever ordered are expected to bring in after the period's last month-end, those of the
-- highest value first; `share` is of all expected margin, `groups` counts all groups.
-- :column by one of tier, stage, segment, region, industry, persona = tier — how to split
-- :param limit int = 12 — at most so many groups
-- :grain value
WITH
counted AS (
    SELECT
        CAST($by AS VARCHAR) AS value,
        count(clv) AS customers,
        metric('clv') AS clv,
        metric('expected_orders') AS expected_orders,
        metric('alive') AS alive,
        metric('margin_to_date') AS margin_to_date
    FROM scoped_customer_months
    WHERE day = (SELECT max(day) FROM scoped_month_ends) AND clv IS NOT NULL
    GROUP BY $by
)
SELECT
    value, customers, clv, clv / nullif(sum(clv) OVER (), 0) AS share, clv / customers AS clv_each, expected_orders, alive,
    margin_to_date, count(*) OVER () AS groups
FROM counted
ORDER BY clv DESC, value NULLS LAST
LIMIT $limit
