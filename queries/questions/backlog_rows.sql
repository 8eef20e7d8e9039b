-- The tickets that were open at the end of a day, the oldest first; `age_days` counts from the day of opening to that day.
-- Times are the team's clock; `total` counts them all.
-- :period ignored — what was opened before the period counts too
-- :param on date = null — at the end of which day; the data's last one where none is given
-- :param from_days int = 0 — only from this age on
-- :param until_days int = null — only below this age
-- :param limit int = 200 — at most so many rows
-- :grain ticket_id
WITH
standing AS NOT MATERIALIZED (
    SELECT tickets.*, calendar.day AS on_day
    FROM scoped_tickets AS tickets
    JOIN scoped_calendar AS calendar ON calendar.day = coalesce(CAST($on AS DATE), CAST($as_of_day AS DATE))
    WHERE
        tickets.day + CAST($from_days AS INTEGER) <= calendar.day
        AND ($until_days IS NULL OR tickets.day + CAST($until_days AS INTEGER) > calendar.day)
        AND (tickets.is_open OR least(tickets.resolved_day, tickets.closed_day) > calendar.day)
),
first_rows AS (
    SELECT *, (SELECT count(*) FROM standing) AS total
    FROM standing
    ORDER BY opened_at, ticket_id
    LIMIT $limit
)
SELECT
    tickets.ticket_id,
    CAST((epoch(tickets.on_day) - epoch(tickets.day)) / 86400 AS INTEGER) AS age_days,
    tickets.customer_id,
    texts.customer_name,
    tickets.tier, tickets.is_vip, tickets.kind, tickets.priority, tickets.category, tickets.channel, tickets.department,
    tickets.team, tickets.product, tickets.region, tickets.agent_id,
    tickets.is_open,
    local_time(tickets.opened_at) AS opened_at,
    local_time(tickets.resolved_at) AS resolved_at,
    tickets.reopen_count, tickets.transfers, tickets.escalation_level,
    texts.text,
    tickets.total
FROM first_rows AS tickets
JOIN scoped_ticket_texts AS texts ON texts.ticket_id = tickets.ticket_id
ORDER BY tickets.opened_at, tickets.ticket_id
