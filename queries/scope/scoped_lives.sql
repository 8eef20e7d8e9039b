-- The lives of customers as of a month-end: how long since the first order (`age_days`), how long until they churned or,
-- where they have not (`ended` false), so far (`life_days`); days to the second order, if there is one by then; and how
-- many months after they were first known they had come so far. `cycle_days` is their own median gap between orders,
-- `first_tier` the tier at the first month-end after the first order.
-- :period day
-- :dimensions tier, segment, region, industry
SELECT
    known.customer_id, known.as_of AS day, known.first_order_day, known.age_days,
    known.stage = 'churned' AS ended,
    CASE
        WHEN known.stage = 'churned' THEN known.age_days - known.recency_days + CAST(floor(known.limit_days) AS INTEGER) + 1
        ELSE known.age_days
    END AS life_days,
    CASE WHEN lives.second_days <= known.age_days THEN lives.second_days END AS second_days,
    known.gap_days AS cycle_days,
    lives.known_month, lives.known_quarter, lives.activation_after, lives.retention_after, lives.expansion_after,
    lives.referral_after, lives.churned_after, lives.first_tier,
    known.stage, known.tier, known.segment, known.region, known.industry
FROM customer_months AS known
JOIN customer_lives AS lives ON lives.customer_id = known.customer_id
