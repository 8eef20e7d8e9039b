-- The signals with their numbers as they stood at the load, and how many customers each could judge.
-- :permission everyone — the policy and counts, nothing about a customer
SELECT
    place, signal, weight, recent_days, usual_days, "drop" AS fall, times, least AS events, floor_days, cap_days, score_max,
    judged AS judged_at_all, score_min, risk_min, value_days, value_min, value_share, min_orders
FROM signal_rules
