-- The watchlist in a few numbers: customers with any signal, those worth a call (and of these who is
-- already silent beyond their own limit), and the value at risk of these.
-- :period ignored — it shows the state as of the data's last day
-- :grain flagged
SELECT
    count(*) AS flagged,
    metric('watch_customers') AS worth,
    metric('watch_customers', standing = 'silent') AS silent,
    CAST(metric('value_at_risk', standing = 'silent') AS DOUBLE) AS silent_value,
    CAST(metric('value_at_risk') AS DOUBLE) AS value_at_risk
FROM scoped_watch
