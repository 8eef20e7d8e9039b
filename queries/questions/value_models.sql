-- How the values of each month-end came about, the latest first. `method`: bgnbd, or simple where no model holds; `worth`:
-- gamma_gamma, or own_mean; `why` one of them is not the model's. Of a typical customer: `orders_a_year` while there,
-- `leaves` the chance to leave after an order, `order_worth` in currency.
-- :param limit int = 1 — at most so many month-ends
-- :grain day
SELECT
    day, method, why, worth, customers, fitted, repeaters, r, alpha, a, b, log_likelihood, correlation, p, q, gamma,
    365.25 / 7 * r / alpha AS orders_a_year, a / (a + b) AS leaves, p * gamma / nullif(q - 1, 0) AS order_worth,
    margin, horizon_months, yearly_discount
FROM scoped_value_models
ORDER BY day DESC
LIMIT $limit
