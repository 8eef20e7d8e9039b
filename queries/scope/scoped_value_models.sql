-- The models of customer value at each month-end, learnt from all customers: which ones, their parameters, why not.
-- :period day
-- :permission everyone — parameters and counts, nothing about a customer
SELECT
    as_of AS day, method, why, worth, customers, fitted, repeaters, r, alpha, a, b, log_likelihood, correlation, p, q, gamma,
    margin, horizon_months, yearly_discount
FROM value_models
