-- Of the contacted customers of whom it is known by now: what people said of them, and how many had in fact not churned at the
-- third month-end after the first contact.
-- :period ignored — it looks back over all outreach
-- :grain outreach_status
SELECT
    outreach_status, count(*) AS customers, count(*) FILTER (WHERE kept) AS kept,
    CAST(count(*) FILTER (WHERE kept) AS DOUBLE) / count(*) AS kept_share
FROM scoped_outreach_results
WHERE contacted AND contacted_at IS NOT NULL
GROUP BY outreach_status
ORDER BY outreach_status
