-- Two narrow tables for questions about the life of customers, so that none has to go through all customers and months.

-- The months in which a customer ordered, each once: the month of their first order is their cohort, `after` counts the
-- months since then.
CREATE TABLE order_months AS
WITH months AS (SELECT DISTINCT number, date_trunc('month', day)::DATE AS month FROM order_days),
cohorts AS (SELECT number, month, min(month) OVER (PARTITION BY number) AS cohort FROM months)
SELECT
    k.customer_id, c.cohort, date_trunc('quarter', c.cohort)::DATE AS quarter, c.month,
    date_diff('month', c.cohort, c.month)::INTEGER AS after
FROM cohorts AS c
JOIN all_customers AS k USING (number)
ORDER BY c.cohort, c.month, c.number;

-- How fast customers moved on: days from the first day with an order to the second, and months from the one in which they
-- were first known to the first month-end at which they had come so far. NULL: not yet, or no table says since when they are
-- known. `first_tier` is the tier at the first month-end after the first order: it says nothing of whether they stayed.
CREATE TABLE customer_lives AS
WITH second_days AS (
    SELECT number, (day - lag(day) OVER (PARTITION BY number ORDER BY day))::INTEGER AS second_days
    FROM order_days
    QUALIFY row_number() OVER (PARTITION BY number ORDER BY day) = 2
),
reached AS (
    SELECT
        customer_id,
        min(as_of) FILTER (order_days >= 1) AS activation,
        min_by(tier, as_of) FILTER (order_days >= 1) AS first_tier,
        min(as_of) FILTER (order_days >= 2) AS retention,
        min(as_of) FILTER (stage = 'expansion') AS expansion,
        min(as_of) FILTER (stage = 'referral') AS referral,
        min(as_of) FILTER (stage = 'churned') AS churned
    FROM customer_months
    GROUP BY customer_id
)
SELECT
    k.customer_id, date_trunc('month', k.since)::DATE AS known_month,
    date_trunc('quarter', k.since)::DATE AS known_quarter, s.second_days, r.first_tier,
    date_diff('month', k.since, r.activation)::INTEGER AS activation_after,
    date_diff('month', k.since, r.retention)::INTEGER AS retention_after,
    date_diff('month', k.since, r.expansion)::INTEGER AS expansion_after,
    date_diff('month', k.since, r.referral)::INTEGER AS referral_after,
    date_diff('month', k.since, r.churned)::INTEGER AS churned_after
FROM all_customers AS k
LEFT JOIN second_days AS s USING (number)
LEFT JOIN reached AS r USING (customer_id)
ORDER BY k.number;
