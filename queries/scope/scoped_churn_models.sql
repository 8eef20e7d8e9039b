-- For each of the last month-ends: which method ranks its list and why, and what the model had learnt from.
-- :permission everyone — counts only, nothing about a customer
SELECT
    as_of AS day, method, why, trained_from, trained_until, rows AS learnt, churned AS learnt_left, horizon_months, list_size, listed,
    model_hits, recency_hits, signals_hits, model_brier, recency_brier, signals_brier
FROM churn_models
