-- What happened to one ticket beside what its row records: its events, and its pauses from start to end (`until_at`; an open
-- one lasts to the data's last moment). Times are the team's clock.
-- :period ignored — a ticket is shown whole
-- :param ticket text = null — which; none when it is not given
-- :grain step_id, kind
SELECT
    event_id AS step_id, kind,
    local_time(happened_at) AS happened_at,
    CAST(NULL AS TIMESTAMP) AS until_at,
    FALSE AS lasts,
    note
FROM scoped_ticket_events
WHERE ticket_id = CAST($ticket AS VARCHAR)
UNION ALL
SELECT
    pause_id AS step_id, 'paused' AS kind,
    local_time(started_at) AS happened_at,
    local_time(coalesce(ended_at, CAST($as_of AS TIMESTAMP))) AS until_at,
    ended_at IS NULL AS lasts,
    reason AS note
FROM scoped_ticket_pauses
WHERE ticket_id = CAST($ticket AS VARCHAR)
ORDER BY happened_at, step_id, kind
