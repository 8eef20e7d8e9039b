-- How many texts there were to group by topic in each pool, how many it takes, and how many topics were found.
-- :grain pool
SELECT CAST(pool AS VARCHAR) AS pool, texts, needed, topics
FROM scoped_topic_pools
ORDER BY pool
