-- The tickets that are open as of the data's last moment, how many of them are old, and the day of the oldest.
-- :period ignored — it shows the state as of the data's last moment
-- :grain tickets
SELECT
    count(tickets.ticket_id) AS tickets,
    count(tickets.ticket_id) FILTER (WHERE tickets.day + rules.old_days < $as_of_day) AS old,
    min(tickets.day) AS oldest_day,
    max(rules.old_days) AS old_days
FROM scoped_handling_rules AS rules
LEFT JOIN scoped_tickets AS tickets ON tickets.is_open
