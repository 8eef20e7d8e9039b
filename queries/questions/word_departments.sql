-- Which department answers for most of the complaints that say a word, by the causes that are known of them; words of
-- complaints without a known cause are left out. `n` counts that department's complaints with the word.
-- :param words text = null — which words, parted by |
-- :grain word
WITH
wanted AS (
    SELECT word_id, word
    FROM scoped_words
    WHERE concat('|', $words, '|') LIKE concat('%|', word, '|%')
),
said AS (
    SELECT text_id, word_id
    FROM scoped_complaint_words
    WHERE word_id IN (SELECT word_id FROM wanted)
),
counted AS (
    SELECT said.word_id, scoped_causes.responsible, count(*) AS n
    FROM said
    JOIN scoped_complaints ON scoped_complaints.text_id = said.text_id
    JOIN scoped_causes ON scoped_causes.cause = scoped_complaints.cause
    WHERE scoped_causes.responsible IS NOT NULL
    GROUP BY said.word_id, scoped_causes.responsible
),
ranked AS (
    SELECT *, row_number() OVER (PARTITION BY word_id ORDER BY n DESC, responsible) AS place
    FROM counted
)
SELECT wanted.word, ranked.responsible, ranked.n
FROM ranked
JOIN wanted ON wanted.word_id = ranked.word_id
WHERE ranked.place = 1
ORDER BY ranked.n DESC, wanted.word
