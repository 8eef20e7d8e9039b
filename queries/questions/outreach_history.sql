-- What was written about one customer, the latest first. Times are the team's clock; `entry` numbers what was written.
-- :param customer text = null — the customer
-- :param limit int = 200 — at most so many rows
-- :grain entry
SELECT
    entry, local_time(written_at) AS written_at, author, outreach_status, outreach_owner, next_date,
    hide_personal(note) AS note, leaving_reason, hide_personal(reason_text) AS reason_text, count(*) OVER () AS total
FROM scoped_outreach_history
WHERE customer_id = $customer
ORDER BY entry DESC
LIMIT $limit
