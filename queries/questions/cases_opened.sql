-- What happened to the tickets opened in the period on their way: passed to another team, escalated, compensated.
-- :grain opened
SELECT
    count(*) AS opened,
    CAST(metric('transfer_rate') AS DOUBLE) AS transfer_rate,
    CAST(metric_low('transfer_rate') AS DOUBLE) AS transfer_rate_low,
    CAST(metric_high('transfer_rate') AS DOUBLE) AS transfer_rate_high,
    metric_n('transfer_rate') AS transfer_rate_n,
    CAST(metric('escalated_share') AS DOUBLE) AS escalated_share,
    CAST(metric_low('escalated_share') AS DOUBLE) AS escalated_share_low,
    CAST(metric_high('escalated_share') AS DOUBLE) AS escalated_share_high,
    metric_n('escalated_share') AS escalated_share_n,
    count(*) FILTER (WHERE escalation_level = 2) AS supervisor,
    count(*) FILTER (WHERE escalation_level = 3) AS highest,
    CAST(metric('compensation_paid') AS DOUBLE) AS compensation_paid,
    metric_n('compensation_paid') AS compensation_paid_n,
    CAST(metric('compensation_each') AS DOUBLE) AS compensation_each
FROM scoped_opened
