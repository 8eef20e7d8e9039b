-- Of the contacted customers of whom it is known by now: what people said of them, and how many had in fact not churned at the
-- third month-end after the first contact.
-- :period ignored — it looks back over all outreach
-- :grain outreach_status
SELECT
    outreach_status, metric_n('outreach_kept') AS customers, metric('outreach_kept') AS kept_share,
    metric_low('outreach_kept') AS low, metric_high('outreach_kept') AS high
FROM scoped_outreach_results
WHERE metric_where('outreach_kept')
GROUP BY outreach_status
ORDER BY outreach_status
