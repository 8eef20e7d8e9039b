-- What one customer with a signal did lately: orders (cancelled ones left out), tickets, complaints and contacts of the last 90
-- and 365 days up to the data's last day, and the day of the latest.
-- :period ignored — it shows the state as of the data's last day
-- :param customer text = null — whose; nobody's when it is not given
-- :grain activity
SELECT activity, last_90, last_365, latest
FROM scoped_recent
WHERE customer_id = CAST($customer AS VARCHAR)
ORDER BY activity
