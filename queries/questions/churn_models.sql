-- Which method ranks the list of each of the last month-ends and why (better, found_less, less_sure, unproven, too_few), what it
-- had learnt from, and how each method had done on the past lists by then; the latest first.
-- :period ignored — past lists are judged whatever the period
-- :grain day
SELECT
    day, method, why, trained_from, trained_until, learnt, learnt_left, horizon_months, list_size, listed,
    model_hits, recency_hits, signals_hits, model_brier, recency_brier, signals_brier
FROM scoped_churn_models
ORDER BY day DESC
