-- Customers who left as people wrote it, by the reason or by who they were, the most first; `share` is of all who left.
-- :period ignored — it shows how things stand
-- :column by one of leaving_reason, tier, segment, region = leaving_reason — how to split
-- :param limit int = 100 — at most so many groups
-- :grain value
SELECT
    CAST($by AS VARCHAR) AS value, count(*) AS customers, CAST(count(*) AS DOUBLE) / sum(count(*)) OVER () AS share
FROM scoped_outreach
WHERE outreach_status = 'lost'
GROUP BY $by
ORDER BY customers DESC, value NULLS LAST
LIMIT $limit
