-- Who nearly missed: of the clocks kept and of those still running, how many had used up more than a share of their target.
-- :param stage one of response, feedback, resolution — which clock
-- :param near number = 0.8 — the share of the target
-- :relation cohort one of due:scoped_clocks, opened:scoped_clocks_opened, open:scoped_open_clocks = due — tickets due or
--   opened in the period, or open ones without that step whenever they were opened
-- :grain stage
SELECT
    stage,
    count(*) FILTER (WHERE state = 'met') AS met,
    count(*) FILTER (WHERE state = 'met' AND needed_minutes > $near * target_minutes) AS met_narrowly,
    count(*) FILTER (WHERE state = 'running') AS running,
    count(*) FILTER (WHERE state = 'running' AND needed_minutes > $near * target_minutes) AS nearly_due
FROM $cohort
WHERE stage = $stage AND target_minutes IS NOT NULL
GROUP BY stage
