-- What all customers who have ever ordered are expected to bring in after the period's last month-end, and have brought in
-- so far: `margin` in the tier rules' window, `margin_to_date` ever. `judged` of them can be told to be still there or not.
-- :grain customers
SELECT
    count(clv) AS customers,
    metric('clv') AS clv,
    metric('expected_orders') AS expected_orders,
    metric('alive') AS alive,
    metric_n('alive') AS judged,
    metric('tier_spend') * (SELECT margin FROM scoped_value_models ORDER BY day DESC LIMIT 1) AS margin,
    metric('margin_to_date') AS margin_to_date
FROM scoped_customer_months
WHERE day = (SELECT max(day) FROM scoped_month_ends) AND clv IS NOT NULL
HAVING count(clv) > 0
