-- What customers had ordered by each month-end. The last month ends with the data, maybe before it is over.
-- Every customer that any table names, with the day since when they are known; NULL where no table says.
CREATE TEMP TABLE all_customers AS
SELECT row_number() OVER (ORDER BY customer_id)::INTEGER AS number, customer_id, min(day) AS since
FROM (
    SELECT customer_id, signed_up_on AS day FROM customers
    UNION ALL SELECT customer_id, local(min(opened_at))::DATE FROM tickets GROUP BY customer_id
    UNION ALL SELECT customer_id, local(min(ordered_at))::DATE FROM orders GROUP BY customer_id
    UNION ALL SELECT customer_id, local(min(coalesce(sent_at, answered_at)))::DATE FROM surveys GROUP BY customer_id
    UNION ALL SELECT customer_id, local(min(happened_at))::DATE FROM interactions GROUP BY customer_id
)
WHERE customer_id IS NOT NULL
GROUP BY customer_id;

-- Orders that count, by customer and day. Money in whole ten-thousandths: sums of fractions would come out a little
-- different by the order in which they are added, and equal customers would no longer be equal.
CREATE TEMP TABLE order_days AS
SELECT
    k.number, local(o.ordered_at)::DATE AS day, count(*) AS orders,
    sum(round((o.amount - coalesce(o.refunded, 0)) * 10000)::BIGINT)::BIGINT AS net
FROM orders AS o
JOIN all_customers AS k USING (customer_id)
WHERE o.status IS DISTINCT FROM 'cancelled'
GROUP BY ALL;

-- All month-ends from the first order on; the last one alone where nobody has ordered.
CREATE TEMP TABLE ends AS
WITH span AS (
    SELECT
        min(day) AS first_day, date_trunc('month', coalesce(min(day), local(as_of())::DATE)) AS first_month,
        local(as_of())::DATE AS last_day
    FROM order_days
),
months AS (
    SELECT
        first_day, last_day,
        unnest(generate_series(
            greatest(first_month, date_trunc('month', last_day) - to_months(tier_history() - 1)), last_day, INTERVAL 1 MONTH
        ))::DATE AS month
    FROM span
    WHERE first_month IS NOT NULL
)
SELECT
    (row_number() OVER (ORDER BY month))::INTEGER AS place,
    month,
    least(last_day(month), last_day) AS as_of,
    last_day(month) <= last_day AS whole,
    least(last_day(month), last_day) - tier_window() + 1 >= first_day AS filled,
    tier_window() AS window_days
FROM months
ORDER BY month;

-- Those at which there are tiers: none without orders.
CREATE TABLE month_ends AS FROM ends WHERE filled IS NOT NULL;

-- The place of the first month-end on or after a day, and the last day of all.
SET VARIABLE first_month = (SELECT min(month) FROM ends);
SET VARIABLE last_day = (SELECT max(as_of) FROM ends);
CREATE TEMP MACRO month_place(day) AS greatest(1, date_diff('month', getvariable('first_month'), day) + 1)::INTEGER;

-- What changes from one month-end to the next: an order comes into the window at the first month-end on or after its day,
-- and leaves it at the first one that lies the window's length later. Summed up this gives the exact window in days without
-- going through any order twice.
CREATE TEMP TABLE order_changes AS
SELECT
    number, place, sum(orders)::INTEGER AS orders, sum(net)::BIGINT AS spend, sum(past)::BIGINT AS past,
    max(day) AS last_order_day, sum(revenue)::BIGINT AS revenue
FROM (
    SELECT
        number, month_place(day) AS place, day, orders, net, net AS past,
        CASE WHEN day >= getvariable('first_month') THEN net END AS revenue
    FROM order_days
    UNION ALL
    SELECT number, month_place(day + tier_window()), NULL, -orders, -net, 0, NULL
    FROM order_days
    WHERE day + tier_window() <= getvariable('last_day')
)
GROUP BY number, place;

-- One row per customer and month-end from the month on in which they are known.
CREATE TEMP TABLE customer_sums AS
SELECT
    k.number, m.place,
    m.as_of - max(c.last_order_day) OVER so_far AS recency_days,
    max(c.last_order_day) OVER so_far AS last_order_day,
    coalesce(sum(c.orders) OVER so_far, 0)::INTEGER AS orders,
    coalesce(sum(c.spend) OVER so_far, 0)::BIGINT AS spend,
    coalesce(sum(c.past) OVER so_far, 0)::BIGINT AS past,
    coalesce(c.revenue, 0) AS revenue
FROM all_customers AS k
JOIN ends AS m ON m.as_of >= coalesce(k.since, m.as_of)
LEFT JOIN order_changes AS c ON c.number = k.number AND c.place = m.place
WINDOW so_far AS (PARTITION BY k.number ORDER BY m.place ROWS UNBOUNDED PRECEDING);
