-- Customers who could be judged at each of the last month-ends, one row per method (the model and two rules): the probability
-- that they leave within the horizon, from nothing later than that day, and whether they had left by then. Empty: not known yet.
-- :dimensions tier, segment, region, industry
SELECT
    customer_id, as_of AS day, methods.method,
    CASE methods.method WHEN 'model' THEN risk WHEN 'recency' THEN recency_risk ELSE signal_risk END AS risk,
    outcome, CASE WHEN outcome THEN 1 WHEN NOT outcome THEN 0 END AS has_left, tier, segment, region, industry
FROM churn_scores
CROSS JOIN (SELECT 'model' AS method UNION ALL SELECT 'recency' UNION ALL SELECT 'signals') AS methods
