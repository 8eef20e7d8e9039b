-- How many customers have which health at the period's last month-end, in steps of 10 (the last one with 100), with their
-- share of all whose health can be judged.
-- :grain step
SELECT
    least(CAST(floor(health / 10) AS INTEGER), 9) AS step,
    count(*) AS customers,
    count(*) / sum(count(*)) OVER () AS share
FROM scoped_customer_months
WHERE day = (SELECT max(day) FROM scoped_month_ends) AND health IS NOT NULL
GROUP BY least(CAST(floor(health / 10) AS INTEGER), 9)
ORDER BY step
