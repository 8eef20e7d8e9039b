-- Comments of promoters that may be quoted if their writer consents: `same` is the first text of the same sentences, `typical`
-- how common its words are among praise. One that says a sentence twice does not read well.
CREATE TEMP MACRO sentences(text) AS
list_filter(string_split_regex(text, '\s*([^\p{L}\p{N}\s.''-]|[.](\s|$))+\s*'), lambda part: part <> '');

CREATE TABLE testimonials AS
WITH
praised AS (
    SELECT
        t.text_id,
        min(t.text_id) OVER (PARTITION BY list_sort(sentences(p.text))) AS same,
        length(p.text) + length(regexp_replace(p.text, '[^\x{3400}-\x{9fff}]', '', 'g')) AS letters
    FROM all_texts AS t
    JOIN plain_texts AS p USING (text_id)
    LEFT JOIN text_moods AS m USING (text_id)
    WHERE
        t.pool = 'praise' AND t.score >= CASE t.kind WHEN 'nps' THEN 9 ELSE 5 END
        AND coalesce(m.unhappy, 0) <= praise_most_unhappy()
        AND list_unique(sentences(p.text)) = len(sentences(p.text))
),
common AS (SELECT word_id, ln(1 + count(*)) AS weight FROM text_words WHERE pool = 'praise' GROUP BY word_id),
weighed AS (
    SELECT w.text_id, avg(c.weight) AS typical
    FROM text_words AS w
    JOIN common AS c USING (word_id)
    WHERE w.pool = 'praise'
    GROUP BY w.text_id
)
SELECT p.text_id, p.same, coalesce(w.typical, 0) AS typical
FROM praised AS p
LEFT JOIN weighed AS w USING (text_id)
WHERE p.letters >= praise_least_letters()
ORDER BY p.text_id;
