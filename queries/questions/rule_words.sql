-- Words to make a rule of: those that complaints without a cause say, most frequent first; of a topic only its own texts.
-- `typical` counts those of the topic's most typical texts that say the word.
-- :param topic int = null — only in texts of this topic
-- :param typical int = 3 — how many of a topic's texts are its most typical
-- :param limit int = 60 — at most so many words
-- :grain word
WITH
uncovered AS (
    SELECT text_id, day
    FROM scoped_complaints
    WHERE cause IS NULL AND (CAST($topic AS INTEGER) IS NULL OR topic_id = CAST($topic AS INTEGER))
),
typical AS (
    SELECT uncovered.text_id
    FROM uncovered
    JOIN scoped_topic_texts AS fits ON fits.text_id = uncovered.text_id AND fits.topic_id = CAST($topic AS INTEGER)
    ORDER BY fits.fit DESC, uncovered.day DESC NULLS LAST, uncovered.text_id DESC
    LIMIT $typical
),
counted AS (
    SELECT word_id, count(*) AS n, count(*) FILTER (WHERE text_id IN (SELECT text_id FROM typical)) AS typical
    FROM scoped_complaint_words
    WHERE text_id IN (SELECT text_id FROM uncovered)
    GROUP BY word_id
)
SELECT words.word, counted.n, counted.typical
FROM counted
JOIN scoped_words AS words ON words.word_id = counted.word_id
ORDER BY counted.n DESC, words.word
LIMIT $limit
