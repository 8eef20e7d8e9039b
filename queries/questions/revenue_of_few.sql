-- The same in one line: what the top fifth of the customers who ordered in the window makes, and how many of them it
-- takes to make four fifths of the revenue.
-- :grain n
WITH
ranked AS (
    SELECT
        row_number() OVER (ORDER BY spend DESC, customer_id) AS place,
        count(*) OVER () AS n,
        spend,
        sum(spend) OVER (ORDER BY spend DESC, customer_id ROWS UNBOUNDED PRECEDING) AS made,
        sum(spend) OVER () AS total
    FROM scoped_customer_months
    WHERE day = (SELECT max(day) FROM scoped_month_ends) AND orders > 0
)
SELECT
    max(n) AS n,
    count(*) FILTER (WHERE place <= ceil(n / 5)) AS top_customers,
    count(*) FILTER (WHERE place <= ceil(n / 5)) / max(n) AS top_share,
    sum(spend) FILTER (WHERE place <= ceil(n / 5)) / nullif(max(total), 0) AS top_spend_share,
    count(*) FILTER (WHERE made - spend < 0.8 * total) AS most_customers,
    count(*) FILTER (WHERE made - spend < 0.8 * total) / max(n) AS most_share
FROM ranked
HAVING max(total) > 0
