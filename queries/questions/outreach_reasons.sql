-- Why customers left, as people wrote it, by tier; `share` is of all who left.
-- :period ignored — it shows how things stand
-- :grain leaving_reason, tier
SELECT
    leaving_reason, CAST(tier AS VARCHAR) AS tier, count(*) AS customers,
    CAST(count(*) AS DOUBLE) / sum(count(*)) OVER () AS share
FROM scoped_outreach
WHERE outreach_status = 'lost'
GROUP BY leaving_reason, tier
ORDER BY leaving_reason, tier
