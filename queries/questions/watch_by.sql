-- Customers worth a call and their value at risk, by owner or by who they are, the most at risk first. `share` is of the value
-- at risk of all groups.
-- :period ignored — it shows the state as of the data's last day
-- :column by one of owner, tier, segment, region, industry, action — how to split
-- :param limit int = 100 — at most so many groups
-- :grain value
WITH grouped AS (
    SELECT
        CAST($by AS VARCHAR) AS value,
        metric_n('value_at_risk') AS customers,
        metric('value_at_risk') AS amount
    FROM scoped_watch
    WHERE metric_where('value_at_risk')
    GROUP BY $by
)
SELECT
    value, customers, CAST(amount AS DOUBLE) AS figure,
    CAST(amount / nullif(sum(amount) OVER (), 0) AS DOUBLE) AS share
FROM grouped
ORDER BY amount DESC, customers DESC, value NULLS LAST
LIMIT $limit
