-- Solved at the first contact: never reopened, never transferred, and no further ticket of that customer in that category
-- opened after the resolution for fcr_days() days. Nothing is said of a ticket for which one of these is not known: its
-- reopenings, its transfers, its customer or category; nor of one whose days are not over as of the data's last moment,
-- not even if it has failed already, for failures alone would come early.
CREATE TEMP TABLE first_contact AS
WITH
resolved AS (
    SELECT
        ticket_id, customer_id, category, coalesce(resolved_at, closed_at) AS done_at,
        reopen_count = 0 AND transfers = 0 AS undisturbed,
        reopen_count IS NOT NULL AND transfers IS NOT NULL AS known
    FROM tickets
    WHERE customer_id IS NOT NULL AND category IS NOT NULL
)
SELECT r.ticket_id, r.undisturbed AND coalesce(n.opened_at > r.done_at + to_days(fcr_days()), true) AS is_fcr
FROM resolved AS r
ASOF LEFT JOIN tickets AS n
    ON n.customer_id = r.customer_id AND n.category = r.category AND n.opened_at > r.done_at
WHERE r.known AND r.done_at + to_days(fcr_days()) <= as_of();
