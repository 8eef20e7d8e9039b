-- Topics are numbered by size.
CREATE TEMP TABLE sized AS
SELECT topic, count(*) AS texts, row_number() OVER (ORDER BY count(*) DESC, topic) AS topic_id
FROM closest
GROUP BY topic;

INSERT INTO text_topics
SELECT closest.text_id, sized.topic_id, closest.fit
FROM closest
JOIN sized USING (topic)
ORDER BY closest.text_id;

-- Topics are named by their distinctive words: z of the log-odds against the other texts, with an informative Dirichlet
-- prior of 100 words (Monroe, Colaresi, Quinn 2008, doi:10.1093/pan/mpn018), among words that more than a few of them say.
CREATE TEMP TABLE contrasted AS
WITH
counted AS (
    SELECT topics.topic_id, said.word_id, count(*) AS n
    FROM topic_texts AS said
    JOIN text_topics AS topics USING (text_id)
    JOIN sized USING (topic_id)
    GROUP BY ALL
),
overall AS (SELECT word_id, count(*) AS n FROM topic_texts GROUP BY word_id),
sums AS (SELECT topic_id, sum(n) AS said FROM counted GROUP BY topic_id),
odds AS (
    SELECT
        counted.topic_id, counted.word_id, counted.n, sums.said, overall.n - counted.n AS n_rest,
        (SELECT sum(n) FROM overall) - sums.said AS said_rest,
        100 * overall.n / (SELECT sum(n) FROM overall) AS prior
    FROM counted
    JOIN sums USING (topic_id)
    JOIN overall USING (word_id)
)
SELECT
    topic_id, word_id, n,
    (
        ln((n + prior) / (said + 100 - n - prior)) - ln((n_rest + prior) / (said_rest + 100 - n_rest - prior))
    ) / sqrt(1 / (n + prior) + 1 / (n_rest + prior)) AS z
FROM odds;

INSERT INTO topics
SELECT topic_id, 'complaint', array_to_string(said[:4], ' · '), said, texts
FROM (
    SELECT contrasted.topic_id, sized.texts, list(words.word ORDER BY contrasted.z DESC, words.word)[:12] AS said
    FROM contrasted
    JOIN sized USING (topic_id)
    JOIN words USING (word_id)
    WHERE contrasted.n >= 0.03 * sized.texts AND contrasted.n >= 2 AND contrasted.z > 1
    GROUP BY ALL
)
ORDER BY topic_id;

DROP TABLE sized;
DROP TABLE contrasted;
