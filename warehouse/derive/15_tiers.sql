-- Scores and tier of every customer at every month-end, from nothing later than that day.
-- Cut-points lie at quintiles of the values: of those who ordered in the window; for the past of all who ever did.
CREATE TEMP TABLE cut_points AS
SELECT
    place,
    quantile_cont(-recency_days, [0.2, 0.4, 0.6, 0.8]) FILTER (orders > 0) AS recency,
    quantile_cont(orders, [0.2, 0.4, 0.6, 0.8]) FILTER (orders > 0) AS frequency,
    quantile_cont(spend, [0.2, 0.4, 0.6, 0.8]) FILTER (orders > 0) AS monetary,
    quantile_cont(past, [0.2, 0.4, 0.6, 0.8]) FILTER (last_order_day IS NOT NULL) AS past_value
FROM customer_sums
GROUP BY place;

-- The same to be read: what a customer must have for a score of 2 to 5. Money in currency units.
CREATE TABLE score_cuts AS
SELECT
    m.as_of, s.score,
    ceil(-recency[s.score - 1])::INTEGER - 1 AS recency_days_at_most,
    floor(frequency[s.score - 1])::INTEGER + 1 AS orders_at_least,
    monetary[s.score - 1] / 10000 AS spend_above,
    past_value[s.score - 1] / 10000 AS past_value_above
FROM cut_points AS c
JOIN month_ends AS m USING (place)
CROSS JOIN (SELECT unnest([2, 3, 4, 5]) AS score) AS s
ORDER BY ALL;

-- One more than the number of cut-points that lie strictly below the value; 1 where there are none.
CREATE TEMP MACRO score(value, cuts) AS
    1 + coalesce((value > cuts[1])::INTEGER + (value > cuts[2])::INTEGER + (value > cuts[3])::INTEGER
        + (value > cuts[4])::INTEGER, 0);

CREATE TEMP TABLE customer_scores AS
SELECT
    s.*,
    CASE WHEN s.last_order_day IS NOT NULL THEN score(-s.recency_days, c.recency) END AS r,
    CASE WHEN s.last_order_day IS NOT NULL THEN score(s.orders, c.frequency) END AS f,
    CASE WHEN s.last_order_day IS NOT NULL THEN score(s.spend, c.monetary) END AS m,
    CASE WHEN s.last_order_day IS NOT NULL THEN score(s.past, c.past_value) END AS p
FROM customer_sums AS s
JOIN cut_points AS c USING (place);

CREATE TEMP TABLE customer_tiers AS
SELECT
    s.*, tier, lag(tier) OVER (PARTITION BY number ORDER BY place) IS DISTINCT FROM tier AS is_move
FROM (
    SELECT
        s.*, coalesce(t.tier, (SELECT tier FROM tier_rules WHERE is_default))::dim_tier AS tier
    FROM customer_scores AS s
    LEFT JOIN tier_of_scores AS t ON t.recency = s.r AND t.frequency = s.f AND t.monetary = s.m AND t.past_value = s.p
) AS s;

DROP TABLE customer_scores;
DROP TABLE customer_sums;
