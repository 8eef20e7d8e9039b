-- Which sign of which rule each text shows: an entry of several words needs all of them. `rank` is 1 for the words, 2 for
-- the weaker ones.
CREATE TEMP TABLE shown_signs AS
SELECT subject, name, place, rank, text_id, count(*) AS entries
FROM (
    SELECT DISTINCT
        signs.subject, signs.name, signs.place, signs.entry, said.text_id,
        CASE signs.sign WHEN 'word' THEN 1 ELSE 2 END AS rank
    FROM text_words AS said
    JOIN rule_words AS waits USING (word_id)
    JOIN signs ON signs.sign IN ('word', 'also') AND signs.value = waits.value
    GROUP BY signs.subject, signs.name, signs.place, signs.entry, signs.sign, said.text_id, waits.way
    HAVING count(*) = max(waits.parts)
)
GROUP BY ALL;

-- The rule with most entries said; of two the upper one.
CREATE TEMP TABLE said_subjects AS
SELECT subject, text_id, arg_min(name, (rank, -entries, place)) AS name, min(rank) AS rank
FROM shown_signs
GROUP BY ALL;

-- A ticket's category is its own. A comment's is that of the ticket it is about, so what it says itself comes first.
CREATE TEMP TABLE text_causes AS
SELECT
    texts.text_id,
    coalesce(in_own_words.name, by_category.name, by_words.name) AS cause,
    CASE
        WHEN in_own_words.name IS NULL AND by_category.name IS NOT NULL THEN 'category'
        WHEN by_words.name IS NOT NULL THEN 'words'
    END AS cause_by,
    coalesce(touched.name, situation.name, placed.name) AS scenario
FROM all_texts AS texts
LEFT JOIN signs AS by_category
    ON by_category.subject = 'cause' AND by_category.sign = 'category' AND by_category.value = texts.category::VARCHAR
LEFT JOIN said_subjects AS by_words ON by_words.subject = 'cause' AND by_words.text_id = texts.text_id
LEFT JOIN said_subjects AS in_own_words
    ON in_own_words.subject = 'cause' AND in_own_words.text_id = texts.text_id AND in_own_words.rank = 1
    AND texts.source = 'survey'
LEFT JOIN signs AS touched
    ON touched.subject = 'scenario' AND touched.sign = 'touchpoint' AND touched.value = texts.touchpoint::VARCHAR
LEFT JOIN said_subjects AS situation ON situation.subject = 'scenario' AND situation.text_id = texts.text_id
LEFT JOIN signs AS placed
    ON placed.subject = 'scenario' AND placed.sign = 'category' AND placed.value = texts.category::VARCHAR
WHERE coalesce(by_category.name, by_words.name, touched.name, situation.name, placed.name) IS NOT NULL
ORDER BY texts.text_id;

DROP TABLE shown_signs;
DROP TABLE said_subjects;
