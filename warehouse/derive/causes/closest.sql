-- Each text goes to the topic it is closest to: `fit` is the cosine of its words with the topic's. Topics of too few texts
-- are dropped.
CREATE OR REPLACE TEMP TABLE closest AS
SELECT * EXCLUDE (texts)
FROM (
    SELECT text_id, arg_max(topic, (fit, -topic)) AS topic, max(fit) AS fit, count(*) OVER (PARTITION BY arg_max(topic, (fit, -topic))) AS texts
    FROM (
        SELECT said.text_id, weights.topic, round(sum(said.idf * weights.weight) / max(said.length), 6) AS fit
        FROM topic_texts AS said
        JOIN topic_weights AS weights USING (word_id)
        GROUP BY said.text_id, weights.topic
    )
    WHERE fit >= 0.1
    GROUP BY text_id
)
WHERE texts >= $least
ORDER BY text_id;
