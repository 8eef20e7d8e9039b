-- One customer and how outreach stands with them; no row for a customer whom nobody knows or the viewer may not see. Without
-- outreach the owner is the customer's own. `entry` is the number of the latest entry, 0 when there is none.
-- :period ignored — it shows how things stand
-- :param customer text = null — the customer
-- :grain customer_id
SELECT
    customers.customer_id, written.outreach_status, coalesce(written.outreach_owner, customers.owner) AS outreach_owner,
    written.next_date, written.author, local_time(written.written_at) AS written_at, coalesce(written.entry, 0) AS entry
FROM scoped_customers AS customers
LEFT JOIN scoped_outreach AS written ON written.customer_id = customers.customer_id
WHERE customers.customer_id = $customer
