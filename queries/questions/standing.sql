-- The tickets that are open as of the data's last moment, each counted once: past due at some target, else with a target
-- still running, else with one that stands still while the customer is to answer, else without one. `also_running` and
-- `also_paused` count those past due at one target while another still runs, or stands still.
-- :period ignored — it shows the state as of the data's last moment
-- :grain tickets
WITH
clocks AS (
    SELECT
        ticket_id,
        max(CASE state WHEN 'overdue' THEN 3 WHEN 'running' THEN 2 WHEN 'paused' THEN 1 ELSE 0 END) AS worst,
        max(CASE state WHEN 'running' THEN 1 ELSE 0 END) AS runs,
        max(CASE state WHEN 'paused' THEN 1 ELSE 0 END) AS waits
    FROM scoped_open_clocks
    GROUP BY ticket_id
)
SELECT
    count(*) AS tickets,
    count(*) FILTER (WHERE clocks.worst = 3) AS overdue,
    count(*) FILTER (WHERE clocks.worst = 3 AND clocks.runs = 1) AS also_running,
    count(*) FILTER (WHERE clocks.worst = 3 AND clocks.waits = 1) AS also_paused,
    count(*) FILTER (WHERE clocks.worst = 2) AS running,
    count(*) FILTER (WHERE clocks.worst = 1) AS paused,
    count(*) FILTER (WHERE coalesce(clocks.worst, 0) = 0) AS none
FROM scoped_tickets AS tickets
LEFT JOIN clocks ON clocks.ticket_id = tickets.ticket_id
WHERE tickets.is_open
