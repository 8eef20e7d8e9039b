-- Steps and pauses of tickets as they are shown: notes may name people, too.
CREATE TABLE fact_events AS
SELECT
    event_id, ticket_id, happened_at, kind, hidden(note) AS note, CASE WHEN hidden(note) <> note THEN note END AS unmasked_note
FROM events;

CREATE TABLE fact_pauses AS
SELECT
    pause_id, ticket_id, started_at, ended_at, hidden(reason) AS reason,
    CASE WHEN hidden(reason) <> reason THEN reason END AS unmasked_reason
FROM pauses;
