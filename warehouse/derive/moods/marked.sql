-- Every different text of a source once (equal but for numbers is equal): how many of its writers gave a mark, and how many
-- of those a bad one.
CREATE TEMP TABLE mood_written AS
SELECT p.text_id, trim(regexp_replace(p.text, '[0-9]+', '0', 'g')) AS text, a.source::VARCHAR AS source, a.label
FROM plain_texts AS p
JOIN all_texts AS a USING (text_id);

CREATE TEMP TABLE mood_texts AS
SELECT
    (row_number() OVER (ORDER BY source, md5(text)))::INTEGER AS number,
    source, text, count(label) AS marked, count(*) FILTER (WHERE label) AS unhappy
FROM mood_written
WHERE text <> ''
GROUP BY source, text
ORDER BY number;
