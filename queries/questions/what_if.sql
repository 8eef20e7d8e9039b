-- What other targets would have meant: per rule, how many of its clocks needed up to so many seconds (of working time where
-- the clock is), done and not. A target of X keeps those done that needed no more than X and breaks all that needed more.
-- Steps are fine where times are short: seconds, minutes, quarters of an hour, hours, days. Sums up to a step are exact.
-- :param stage one of response, feedback, resolution — which clock
-- :relation cohort one of due:scoped_clocks, opened:scoped_clocks_opened = due — whose day counts: the due day or the
--   day the ticket was opened
-- :grain rule, up_to_seconds
WITH
clocks AS (
    SELECT rule, clock, state, done_at, target_minutes, ceil(round(needed_minutes * 60, 6)) AS needed
    FROM $cohort
    WHERE stage = $stage AND rule IS NOT NULL AND target_minutes IS NOT NULL
)
SELECT
    CAST(rule AS VARCHAR) AS rule,
    CAST(
        CASE
            WHEN needed <= 120 THEN needed
            WHEN needed <= 7200 THEN ceil(needed / 60) * 60
            WHEN needed <= 86400 THEN ceil(needed / 900) * 900
            WHEN needed <= 864000 THEN ceil(needed / 3600) * 3600
            ELSE ceil(needed / 86400) * 86400
        END AS BIGINT
    ) AS up_to_seconds,
    count(done_at) AS done,
    count(*) - count(done_at) AS waiting,
    count(*) FILTER (WHERE state = 'met') AS met,
    metric_n('compliance') AS decided,
    min(target_minutes) AS lowest_target,
    max(target_minutes) AS highest_target,
    count(*) FILTER (WHERE clock <> '24x7') = 0 AS around_the_clock
FROM clocks
GROUP BY 1, 2
ORDER BY rule, up_to_seconds
