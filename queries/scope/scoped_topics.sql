-- What texts that no rule explains are about, named by the words that set them apart.
-- :permission everyone — words that several customers use
SELECT topic_id, pool, name, words, texts
FROM topics
