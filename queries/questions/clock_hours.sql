-- Clocks by hour of the week on the team's clock, 0 being Monday 00:00 to 01:00: all of them, those missed, and those
-- decided. Hours without any are left out. Every ticket has one clock of the stage `resolution`.
-- :param stage one of response, feedback, resolution — which clock
-- :relation cohort one of due:scoped_clocks, opened:scoped_clocks_opened = due — whose day counts: the due day or the
--   day the ticket was opened
-- :column moment one of opened:opened_week_hour, due:due_week_hour = opened — the hour in which the ticket was opened, or in
--   which it fell due
-- :grain week_hour
SELECT
    CAST($moment AS INTEGER) AS week_hour,
    count(*) AS clocks,
    count(*) FILTER (WHERE state IN ('breached', 'overdue')) AS missed,
    metric_n('compliance') AS decided
FROM $cohort
WHERE stage = $stage AND $moment IS NOT NULL
GROUP BY $moment
ORDER BY $moment
