-- Everything that anybody wrote about a customer, one row per entry. The period does not apply.
-- :dimensions tier, segment, region, industry
-- :personal customer_name, note, reason_text
SELECT
    written.id AS entry, written.customer_id, customers.name AS customer_name, written.status AS outreach_status,
    written.owner AS outreach_owner, written.author, written.next_date, written.note, written.reason AS leaving_reason,
    written.reason_text, written.at AS written_at, customers.tier, customers.segment, customers.region, customers.industry
FROM outreach_history AS written
LEFT JOIN dim_customer AS customers ON customers.customer_id = written.customer_id
