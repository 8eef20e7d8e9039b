-- How well a complaint speaks for those of its cause, month and language: the cosine between its words, weighed by TF-IDF,
-- and the mean of theirs (`centrality`), and the word that brings it closest (`gist`), so that two quotes need not say
-- the same. Rounded, so that equal ones stay equal in whatever order they are added up.
CREATE TABLE typical_texts AS
WITH said AS (
    SELECT
        w.text_id, w.word_id, f.cause, date_trunc('month', f.day) AS month,
        CASE WHEN regexp_matches(p.text, '\p{Han}') THEN 'zh' ELSE 'en' END AS language
    FROM text_words AS w
    JOIN fact_texts AS f ON f.text_id = w.text_id
    JOIN plain_texts AS p ON p.text_id = w.text_id
    WHERE w.pool = 'complaint' AND f.pool = 'complaint'
), rarity AS (
    SELECT word_id, ln((SELECT count(DISTINCT text_id) FROM said) / count(*)) + 1 AS weight
    FROM said
    GROUP BY word_id
), weighed AS (
    SELECT said.*, weight / sqrt(sum(weight * weight) OVER (PARTITION BY text_id)) AS weight
    FROM said
    JOIN rarity ON rarity.word_id = said.word_id
), middle AS (
    SELECT *, sqrt(sum(weight * weight) OVER (PARTITION BY cause, month, language)) AS length
    FROM (SELECT cause, month, language, word_id, sum(weight) AS weight FROM weighed GROUP BY ALL)
)
SELECT
    w.text_id, w.language,
    round(sum(w.weight * m.weight / m.length), 6) AS centrality,
    max({'part': round(w.weight * m.weight, 6), 'word_id': w.word_id}).word_id AS gist
FROM weighed AS w
JOIN middle AS m
    ON m.word_id = w.word_id
    AND m.cause IS NOT DISTINCT FROM w.cause
    AND m.month IS NOT DISTINCT FROM w.month
    AND m.language = w.language
GROUP BY w.text_id, w.language
ORDER BY w.text_id;
