-- Languages in which customers say words, by how much is said in each; one with less than `least` of what is said is left out.
-- :period ignored — the dictionary is of all dates
-- :param least number = 0.02 — as a share
-- :grain language
WITH counted AS (SELECT language, sum(texts) AS n FROM scoped_words GROUP BY language)
SELECT language, CAST(n AS BIGINT) AS n
FROM counted
WHERE n >= $least * (SELECT sum(n) FROM counted)
ORDER BY n DESC, language
