-- The months in which customers ordered up to a month-end, each once, by the cohort of their first order; `after` counts
-- months from that one on. Filters take who the customer is at that month-end.
-- :period day
-- :dimensions tier, segment, region, industry
SELECT
    known.customer_id, known.as_of AS day, ordered.cohort, ordered.quarter, ordered.month, ordered.after,
    known.tier, known.segment, known.region, known.industry
FROM customer_months AS known
JOIN order_months AS ordered ON ordered.customer_id = known.customer_id AND ordered.month <= known.month
