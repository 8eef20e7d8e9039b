-- Words to make a rule of: those that complaints without a cause say, most frequent first; of a topic only its own texts.
-- :param topic int = null — only in texts of this topic
-- :param limit int = 60 — at most so many words
-- :grain word
WITH
uncovered AS (
    SELECT text_id
    FROM scoped_complaints
    WHERE cause IS NULL AND (CAST($topic AS INTEGER) IS NULL OR topic_id = CAST($topic AS INTEGER))
),
counted AS (
    SELECT word_id, count(*) AS n
    FROM scoped_complaint_words
    WHERE text_id IN (SELECT text_id FROM uncovered)
    GROUP BY word_id
)
SELECT words.word, counted.n
FROM counted
JOIN scoped_words AS words ON words.word_id = counted.word_id
ORDER BY counted.n DESC, words.word
LIMIT $limit
