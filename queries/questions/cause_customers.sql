-- The customers hit by the period's complaints of a cause, the most valuable first: how many complaints, what they cost,
-- and what the customer's next 12 months were expected to bring as of the month-end before the latest of them (else what
-- they spent). `total` counts them all.
-- :param cause text = null — only of this cause
-- :param limit int = 200 — at most so many rows
-- :grain customer_id
WITH
hit AS (
    SELECT
        customer_id,
        count(*) AS complaints,
        count(*) FILTER (WHERE breached) AS breached,
        sum(compensation) AS compensation,
        max_by(customer_value, text_id) AS customer_value,
        max(said_at) AS said_at,
        max_by(is_vip, text_id) AS is_vip,
        max_by(tier, text_id) AS tier,
        max_by(segment, text_id) AS segment,
        max_by(region, text_id) AS region
    FROM scoped_complaints
    WHERE customer_id IS NOT NULL AND chosen(cause, $cause)
    GROUP BY customer_id
)
SELECT
    hit.customer_id, customers.name AS customer_name, hit.customer_value, hit.complaints, hit.breached, hit.compensation,
    local_time(hit.said_at) AS said_at, hit.tier, hit.is_vip, hit.segment, hit.region, customers.owner,
    (SELECT count(*) FROM hit) AS total
FROM hit
LEFT JOIN scoped_customers AS customers ON customers.customer_id = hit.customer_id
ORDER BY hit.customer_value DESC NULLS LAST, hit.customer_id
LIMIT $limit
