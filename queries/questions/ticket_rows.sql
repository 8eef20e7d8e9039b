-- Tickets, the latest opened first. Times are the team's clock; `total` counts them all.
-- :relation which one of opened:scoped_opened, resolved:scoped_resolved, all:scoped_tickets = opened — opened or resolved
--   in the period, or whenever
-- :param state one of any, open, done = any — done = resolved or closed
-- :param kind text = null — only this kind
-- :param priority text = null — only this priority
-- :param category text = null — only this category
-- :param persona text = null — only this persona
-- :param limit int = 200 — at most so many rows
-- :grain ticket_id
WITH
matching AS NOT MATERIALIZED (
    SELECT *
    FROM $which
    WHERE
        ($state = 'any' OR is_open = ($state = 'open'))
        AND chosen(kind, $kind)
    AND chosen(priority, $priority)
    AND chosen(category, $category)
    AND chosen(persona, $persona)
),
first_rows AS (
    SELECT *, (SELECT count(*) FROM matching) AS total
    FROM matching
    ORDER BY opened_at DESC, ticket_id
    LIMIT $limit
)
SELECT
    tickets.ticket_id,
    tickets.customer_id,
    texts.customer_name,
    tickets.tier, tickets.is_vip, tickets.kind, tickets.priority, tickets.category, tickets.channel, tickets.department,
    tickets.team, tickets.product, tickets.region, tickets.agent_id,
    tickets.is_open,
    local_time(tickets.opened_at) AS opened_at,
    local_time(tickets.resolved_at) AS resolved_at,
    local_time(tickets.closed_at) AS closed_at,
    tickets.reopen_count, tickets.transfers, tickets.escalation_level, tickets.compensation, tickets.satisfaction,
    texts.text,
    tickets.total
FROM first_rows AS tickets
JOIN scoped_ticket_texts AS texts ON texts.ticket_id = tickets.ticket_id
ORDER BY tickets.opened_at DESC, tickets.ticket_id
