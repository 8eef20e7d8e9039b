-- Solved at the first contact: never reopened, never transferred, and no further ticket of that customer in that category
-- opened after the resolution for fcr_days() days. Nothing is said of a ticket for which one of these is not known: its
-- reopenings, its transfers, its customer or category; nor of one whose days are not over as of the data's last moment,
-- not even if it has failed already, for failures alone would come early.
CREATE TEMP TABLE first_contact AS
WITH
resolved AS (
    SELECT
        t.ticket_id, t.customer_id, t.category,
        -- what was done before the last reopening does not end the ticket
        coalesce(
            CASE WHEN t.resolved_at < s.reopened_at THEN NULL ELSE t.resolved_at END,
            CASE WHEN t.closed_at < s.reopened_at THEN NULL ELSE t.closed_at END
        ) AS done_at,
        t.reopen_count = 0 AND t.transfers = 0 AND s.reopened_at IS NULL AND s.transferred_at IS NULL AS undisturbed
    FROM tickets AS t
    LEFT JOIN ticket_steps AS s USING (ticket_id)
    WHERE t.customer_id IS NOT NULL AND t.category IS NOT NULL AND t.reopen_count IS NOT NULL AND t.transfers IS NOT NULL
)
SELECT r.ticket_id, r.undisturbed AND coalesce(n.opened_at > r.done_at + to_days(fcr_days()), true) AS is_fcr
FROM resolved AS r
ASOF LEFT JOIN tickets AS n
    ON n.customer_id = r.customer_id AND n.category = r.category AND n.opened_at > r.done_at
WHERE r.done_at + to_days(fcr_days()) <= as_of();
