-- Which share of customers makes which share of revenue: of the customers who ordered in the policy's window up to the
-- period's last month-end, the highest spender first. At most 100 points, one for each percent of them.
-- :grain percent
WITH
ranked AS (
    SELECT
        row_number() OVER (ORDER BY spend DESC, customer_id) AS place,
        count(*) OVER () AS n,
        sum(spend) OVER (ORDER BY spend DESC, customer_id ROWS UNBOUNDED PRECEDING) AS made,
        sum(spend) OVER () AS total
    FROM scoped_customer_months
    WHERE day = (SELECT max(day) FROM scoped_month_ends) AND orders > 0
)
SELECT
    CAST(floor(100 * place / n) AS INTEGER) AS percent,
    max(place) / max(n) AS customer_share,
    max(place) AS customers,
    max(n) AS n,
    max(made) / nullif(max(total), 0) AS spend_share,
    max(made) AS spend
FROM ranked
GROUP BY CAST(floor(100 * place / n) AS INTEGER)
ORDER BY percent
