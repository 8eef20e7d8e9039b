-- Tickets by how they were handled, the most striking first. Times are the team's clock; `total` counts them all.
-- :relation which one of opened:scoped_opened, resolved:scoped_resolved = opened — opened or resolved in the period
-- :param only one of any, judged, reopen_known, reopened, transfers_known, transferred, level_known, escalated, rated,
--   compensated = any — judged = it is decided whether they were solved at the first contact; rated = the customer gave a
--   mark
-- :param kind text = null — only this kind
-- :param category text = null — only this category
-- :param team text = null — only this team
-- :param level int = null — only this escalation level
-- :param transfers int = null — only transferred so often; 4 = that or more
-- :param limit int = 200 — at most so many rows
-- :grain ticket_id
WITH
matching AS NOT MATERIALIZED (
    SELECT *
    FROM $which
    WHERE
        CASE $only
            WHEN 'judged' THEN is_fcr IS NOT NULL
            WHEN 'reopen_known' THEN reopen_count IS NOT NULL
            WHEN 'reopened' THEN reopen_count > 0
            WHEN 'transfers_known' THEN transfers IS NOT NULL
            WHEN 'transferred' THEN transfers > 0
            WHEN 'level_known' THEN escalation_level IS NOT NULL
            WHEN 'escalated' THEN escalation_level > 1
            WHEN 'rated' THEN satisfaction IS NOT NULL
            WHEN 'compensated' THEN compensation > 0
            ELSE TRUE
        END
        AND chosen(kind, $kind)
        AND chosen(category, $category)
        AND chosen(team, $team)
        AND ($level IS NULL OR escalation_level = $level)
        AND ($transfers IS NULL OR transfers = $transfers OR ($transfers = 4 AND transfers > 4))
),
ranked AS (
    SELECT
        *,
        CASE $only
            WHEN 'judged' THEN CASE WHEN is_fcr THEN 1 ELSE 0 END
            WHEN 'reopen_known' THEN -reopen_count
            WHEN 'reopened' THEN -reopen_count
            WHEN 'transfers_known' THEN -transfers
            WHEN 'transferred' THEN -transfers
            WHEN 'level_known' THEN -escalation_level
            WHEN 'escalated' THEN -escalation_level
            WHEN 'rated' THEN satisfaction
            WHEN 'compensated' THEN -compensation
            ELSE 0
        END AS rank
    FROM matching
),
first_rows AS (
    SELECT *, (SELECT count(*) FROM matching) AS total
    FROM ranked
    ORDER BY rank, opened_at DESC, ticket_id
    LIMIT $limit
)
SELECT
    tickets.ticket_id,
    tickets.is_fcr,
    tickets.reopen_count, tickets.transfers, tickets.escalation_level, tickets.satisfaction, tickets.compensation,
    tickets.customer_id,
    texts.customer_name,
    tickets.tier, tickets.is_vip, tickets.kind, tickets.priority, tickets.category, tickets.channel, tickets.department,
    tickets.team, tickets.product, tickets.region, tickets.agent_id,
    local_time(tickets.opened_at) AS opened_at,
    local_time(tickets.resolved_at) AS resolved_at,
    local_time(tickets.closed_at) AS closed_at,
    texts.text,
    tickets.total
FROM first_rows AS tickets
JOIN scoped_ticket_texts AS texts ON texts.ticket_id = tickets.ticket_id
ORDER BY tickets.rank, tickets.opened_at DESC, tickets.ticket_id
