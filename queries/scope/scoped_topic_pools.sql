-- How many texts there were to group by topic in each pool, and how many it takes.
-- :permission everyone — numbers of texts over the whole company
SELECT pool, texts, needed, topics
FROM topic_pools
