-- What happened with one customer, the latest first; times are the team's clock, `total` counts them all. Contacts part into what
-- the customer started and what we did. `mood`: bad for late tickets and poor answers, good for good answers.
-- :period ignored — `since` says how far back
-- :param customer text = null — whose; nobody's when it is not given
-- :param lane one of all, order, ticket, inbound, outbound, survey = all — only what belongs there
-- :param since date = null — only from this day on
-- :param limit int = 200 — at most so many rows
-- :grain ref, lane
WITH
events AS (
    SELECT
        *,
        CASE WHEN event <> 'contact' THEN CAST(event AS VARCHAR) ELSE coalesce(CAST(direction AS VARCHAR), 'inbound') END AS lane
    FROM scoped_customer_events
    WHERE customer_id = CAST($customer AS VARCHAR) AND (CAST($since AS DATE) IS NULL OR day >= CAST($since AS DATE))
)
SELECT
    local_time(happened_at) AS happened_at, lane,
    coalesce(CAST(kind AS VARCHAR), CAST(contact AS VARCHAR), CAST(survey AS VARCHAR)) AS kind,
    coalesce(CAST(category AS VARCHAR), CAST(topic AS VARCHAR), CAST(product AS VARCHAR), CAST(touchpoint AS VARCHAR)) AS about,
    channel, status, net, score, is_open, is_late,
    CASE WHEN is_late OR outcome IN ('detractor', 'dissatisfied') THEN 'bad' WHEN outcome IN ('promoter', 'satisfied') THEN 'good' END
        AS mood,
    hide_personal(comment) AS comment,
    CASE WHEN event = 'ticket' THEN ref END AS ticket_id,
    ref, count(*) OVER () AS total
FROM events
WHERE $lane = 'all' OR lane = $lane
ORDER BY happened_at DESC NULLS LAST, ref, lane
LIMIT $limit
