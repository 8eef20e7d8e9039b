-- What one customer did lately: orders (cancelled ones left out), tickets, complaints and contacts of the last 90 and 365 days up to the data's last day,
-- and the day of the latest.
-- :period ignored — it shows the state as of the data's last day
-- :param customer text = null — whose; nobody's when it is not given
-- :grain activity
WITH done AS (
    SELECT 'orders' AS activity, day
    FROM scoped_orders
    WHERE customer_id = CAST($customer AS VARCHAR) AND status IS DISTINCT FROM 'cancelled'
    UNION ALL
    SELECT 'tickets' AS activity, day FROM scoped_opened WHERE customer_id = CAST($customer AS VARCHAR)
    UNION ALL
    SELECT 'complaints' AS activity, day FROM scoped_opened WHERE customer_id = CAST($customer AS VARCHAR) AND kind = 'complaint'
    UNION ALL
    SELECT 'contacts' AS activity, day FROM scoped_interactions WHERE customer_id = CAST($customer AS VARCHAR)
)
SELECT
    activity,
    count(*) FILTER (WHERE day > CAST($as_of_day AS DATE) - INTERVAL 90 DAY) AS last_90,
    count(*) FILTER (WHERE day > CAST($as_of_day AS DATE) - INTERVAL 365 DAY) AS last_365,
    max(day) AS latest
FROM done
GROUP BY activity
ORDER BY activity
