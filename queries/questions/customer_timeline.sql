-- What happened with one customer, the latest first; times are the team's clock, `total` counts them all. Contacts part into what
-- the customer started and what we did. `mood`: bad for complaints, late tickets and poor answers, good for good answers.
-- :period ignored — `since` says how far back
-- :param customer text = null — whose; nobody's when it is not given
-- :param lane one of all, order, ticket, inbound, outbound, survey, outreach = all — only what belongs there
-- :param since date = null — only from this day on
-- :param limit int = 200 — at most so many rows
-- :grain ref, lane
WITH
events AS (
    SELECT
        local_time(happened_at) AS happened_at,
        CASE WHEN event <> 'contact' THEN CAST(event AS VARCHAR) ELSE coalesce(CAST(direction AS VARCHAR), 'inbound') END AS lane,
        coalesce(CAST(kind AS VARCHAR), CAST(contact AS VARCHAR), CAST(survey AS VARCHAR)) AS kind,
        CAST(status AS VARCHAR) AS status, CAST(NULL AS VARCHAR) AS outreach_status,
        coalesce(CAST(category AS VARCHAR), CAST(topic AS VARCHAR), CAST(product AS VARCHAR), CAST(touchpoint AS VARCHAR)) AS about,
        CAST(channel AS VARCHAR) AS channel, net, score, is_open, is_late,
        CASE
            WHEN is_late OR kind = 'complaint' OR outcome IN ('detractor', 'dissatisfied') THEN 'bad'
            WHEN outcome IN ('promoter', 'satisfied') THEN 'good'
        END AS mood,
        comment, CASE WHEN event = 'ticket' THEN ref END AS ticket_id, ref
    FROM scoped_customer_events
    WHERE customer_id = CAST($customer AS VARCHAR)
    UNION ALL
    SELECT
        local_time(written_at) AS happened_at, 'outreach' AS lane, NULL AS kind, NULL AS status,
        CAST(outreach_status AS VARCHAR) AS outreach_status, NULL AS about, NULL AS channel, NULL AS net, NULL AS score,
        NULL AS is_open, NULL AS is_late, NULL AS mood, hide_personal(note) AS comment, NULL AS ticket_id, CAST(entry AS VARCHAR) AS ref
    FROM scoped_outreach_history
    WHERE customer_id = CAST($customer AS VARCHAR)
)
SELECT
    happened_at, lane, kind, status, outreach_status, about, channel, net, score, is_open, is_late, mood,
    comment, ticket_id, ref, count(*) OVER () AS total
FROM events
WHERE
    ($lane = 'all' OR lane = $lane) AND (CAST($since AS DATE) IS NULL OR CAST(happened_at AS DATE) >= CAST($since AS DATE))
ORDER BY happened_at DESC NULLS LAST, ref, lane
LIMIT $limit
