-- Whom the complaints of the period hit: how many complaints, customers and VIPs among them, and who answers for the cause.
-- :param cause text = null — only this cause
-- :grain complaints
SELECT
    count(*) AS complaints,
    count(DISTINCT customer_id) AS customers,
    count(DISTINCT CASE WHEN is_vip THEN customer_id END) AS vips,
    (SELECT max(responsible) FROM scoped_causes WHERE cause = $cause) AS responsible
FROM scoped_complaints
WHERE chosen(cause, $cause)
HAVING count(*) > 0
