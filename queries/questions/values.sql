-- Which values occur in a dimension, NULL where it is not given.
-- :relation source one of tickets:scoped_opened, surveys:scoped_surveys, interactions:scoped_interactions,
--   orders:scoped_orders, customers:scoped_customers — where to look
-- :column dimension one of tier, segment, region, industry, channel, department, team, product, touchpoint — whose values
-- :grain value
SELECT CAST($dimension AS VARCHAR) AS value
FROM $source
GROUP BY $dimension
ORDER BY value NULLS LAST
