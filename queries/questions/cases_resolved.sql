-- How the tickets resolved in the period were handled: solved at the first contact, reopened, and what customers think of
-- the handling of complaints. `too_early` are those whose days without a further ticket are not over as of the data's
-- last moment.
-- :grain resolved
SELECT
    count(*) AS resolved,
    CAST(metric('fcr') AS DOUBLE) AS fcr,
    CAST(metric_low('fcr') AS DOUBLE) AS fcr_low,
    CAST(metric_high('fcr') AS DOUBLE) AS fcr_high,
    metric_n('fcr') AS fcr_n,
    count(*) FILTER (
        WHERE epoch(coalesce(resolved_at, closed_at)) + 86400 * fcr_days > epoch(CAST($as_of AS TIMESTAMP))
    ) AS too_early,
    CAST(metric('reopen_rate') AS DOUBLE) AS reopen_rate,
    CAST(metric_low('reopen_rate') AS DOUBLE) AS reopen_rate_low,
    CAST(metric_high('reopen_rate') AS DOUBLE) AS reopen_rate_high,
    metric_n('reopen_rate') AS reopen_rate_n,
    CAST(metric('handling_satisfaction') AS DOUBLE) AS handling_satisfaction,
    CAST(metric_low('handling_satisfaction') AS DOUBLE) AS handling_satisfaction_low,
    CAST(metric_high('handling_satisfaction') AS DOUBLE) AS handling_satisfaction_high,
    metric_n('handling_satisfaction') AS handling_satisfaction_n,
    CAST(metric('handling_mean') AS DOUBLE) AS handling_mean,
    CAST(metric('handling_answered') AS DOUBLE) AS handling_answered,
    metric_n('handling_answered') AS complaints
FROM scoped_resolved
CROSS JOIN scoped_handling_rules
