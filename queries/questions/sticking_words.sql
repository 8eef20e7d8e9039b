-- Words that set consultations without an order apart from those with one: z of the log-odds ratio with an informative Dirichlet
-- prior (Monroe, Colaresi, Quinn 2008, doi:10.1093/pan/mpn018), the strongest first. `n` of `texts` without an order say the
-- word, `n_bought` of `texts_bought` with one.
-- :param limit int = 12 — at most so many words
-- :grain word
WITH
asked AS (
    SELECT text_id, max(converted) AS converted
    FROM scoped_feed_texts
    WHERE feed = 'sticking' AND converted IS NOT NULL
    GROUP BY text_id
),
counted AS NOT MATERIALIZED (
    SELECT
        said.word_id,
        count(*) FILTER (WHERE NOT asked.converted) AS n,
        count(*) FILTER (WHERE asked.converted) AS n_bought
    FROM scoped_text_words AS said
    JOIN asked ON asked.text_id = said.text_id
    WHERE said.pool = 'question' AND said.word_id IN (SELECT word_id FROM scoped_words)
    GROUP BY said.word_id
),
sums AS NOT MATERIALIZED (
    SELECT CAST(sum(n) AS DOUBLE) AS said, CAST(sum(n_bought) AS DOUBLE) AS said_bought FROM counted
),
compared AS NOT MATERIALIZED (
    SELECT counted.*, sums.*, 100 * (counted.n + counted.n_bought) / (sums.said + sums.said_bought) AS prior
    FROM counted
    CROSS JOIN sums
),
scored AS NOT MATERIALIZED (
    SELECT
        word_id, n, n_bought,
        (ln((n + prior) / (said + 100 - n - prior)) - ln((n_bought + prior) / (said_bought + 100 - n_bought - prior)))
        / sqrt(1 / (n + prior) + 1 / (n_bought + prior)) AS z
    FROM compared
)
SELECT
    scoped_words.word, scored.n, scored.n_bought, scored.z,
    (SELECT count(*) FROM asked WHERE NOT converted) AS texts,
    (SELECT count(*) FROM asked WHERE converted) AS texts_bought
FROM scored
JOIN scoped_words ON scoped_words.word_id = scored.word_id
WHERE scored.z > 1.96
ORDER BY scored.z DESC, scoped_words.word
LIMIT $limit
