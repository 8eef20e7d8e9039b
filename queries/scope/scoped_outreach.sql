-- How outreach stands, one row per customer about whom anybody wrote: the latest entry, when it began and when the customer was
-- first spoken to. The owner is the one written down, else the customer's own. The period does not apply.
-- :dimensions tier, segment, region, industry
-- :personal customer_name, note, reason_text
SELECT
    written.id AS entry, written.customer_id, customers.name AS customer_name, written.status AS outreach_status,
    coalesce(written.owner, customers.owner) AS outreach_owner, written.author, written.next_date, written.note,
    written.reason AS leaving_reason, written.reason_text, written.entries, written.at AS written_at, written.begun_at,
    written.contacted_at, written.offered, customers.tier, customers.segment, customers.region, customers.industry
FROM outreach AS written
LEFT JOIN dim_customer AS customers ON customers.customer_id = written.customer_id
