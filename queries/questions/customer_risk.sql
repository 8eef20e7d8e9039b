-- Why one customer may leave, as of the data's last day: as on the watchlist; no row where there is no sign of it.
-- :period ignored — it shows the state as of the data's last day
-- :param customer text = null — which; none when it is not given
-- :grain customer_id
SELECT
    customer_id, CAST(risk AS DOUBLE) AS risk, horizon_months, standing, score AS risk_score, signals,
    coalesce(reasons, signals) AS why, action, value_at_risk, worth_a_call
FROM scoped_watch
WHERE customer_id = CAST($customer AS VARCHAR)
