-- What each customer has ordered up to the horizon: recency, frequency and monetary value over the policy's window.
-- Cancelled orders are no revenue.
CREATE TEMP TABLE customer_orders AS
SELECT
    customer_id,
    min(local(ordered_at)::DATE) AS first_order_day,
    max(local(ordered_at)::DATE) AS last_order_day,
    count(*) AS orders,
    sum(amount - coalesce(refunded, 0)) AS revenue,
    count(*) FILTER (ordered_at > as_of() - to_days(tier_window())) AS frequency,
    coalesce(sum(amount - coalesce(refunded, 0)) FILTER (ordered_at > as_of() - to_days(tier_window())), 0) AS monetary
FROM orders
WHERE status IS DISTINCT FROM 'cancelled'
GROUP BY customer_id;

-- Cut-points at quintiles of the values, so that equal customers always score the same.
CREATE TEMP TABLE cut_points AS
SELECT
    quantile_cont(epoch(last_order_day::TIMESTAMP), [0.2, 0.4, 0.6, 0.8]) AS recency,
    quantile_cont(frequency, [0.2, 0.4, 0.6, 0.8]) AS frequency,
    quantile_cont(monetary, [0.2, 0.4, 0.6, 0.8]) AS monetary,
    quantile_cont(revenue, [0.2, 0.4, 0.6, 0.8]) AS past_value
FROM customer_orders;

-- A score is one more than the number of cut-points that lie below the value: 1 (lowest) to 5.
CREATE TEMP MACRO score(value, cuts) AS
    1 + (value > cuts[1])::INTEGER + (value > cuts[2])::INTEGER + (value > cuts[3])::INTEGER + (value > cuts[4])::INTEGER;

CREATE TEMP TABLE customer_scores AS
SELECT
    customer_id,
    score(epoch(last_order_day::TIMESTAMP), c.recency) AS recency,
    score(o.frequency, c.frequency) AS frequency,
    score(o.monetary, c.monetary) AS monetary,
    score(o.revenue, c.past_value) AS past_value
FROM customer_orders AS o, cut_points AS c;
