-- Words that set consultations without an order apart from those with one: z of the log-odds ratio with an informative Dirichlet
-- prior (Monroe, Colaresi, Quinn 2008, doi:10.1093/pan/mpn018), the strongest first. Prior, false discovery rate and its limit of
-- z are those of distinctive_words. `n` of `texts` without an order say the word, `n_bought` of `texts_bought` with one.
-- :param prior number = 4 — how much what both say weighs
-- :param least int = 10 — words of fewer texts are left out
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
    SELECT
        CAST(nullif(sum(n), 0) AS DOUBLE) AS said, CAST(nullif(sum(n_bought), 0) AS DOUBLE) AS said_bought,
        $prior * sqrt(sum(n + n_bought)) AS prior
    FROM counted
),
weighed AS NOT MATERIALIZED (
    SELECT
        word_id, n, n_bought, said + prior AS said, said_bought + prior AS said_bought,
        prior * (n + n_bought) / (said + said_bought) AS alpha
    FROM counted
    CROSS JOIN sums
    WHERE n + n_bought >= $least
),
scored AS NOT MATERIALIZED (
    SELECT
        word_id, n, n_bought,
        (ln((n + alpha) / (said - n - alpha)) - ln((n_bought + alpha) / (said_bought - n_bought - alpha)))
        / sqrt(1 / (n + alpha) + 1 / (n_bought + alpha)) AS z
    FROM weighed
),
tried AS NOT MATERIALIZED (
    SELECT
        *,
        sqrt(-2 * ln(0.025 * row_number() OVER (ORDER BY abs(z) DESC NULLS LAST) / count(*) OVER ())) AS t
    FROM scored
),
beyond AS NOT MATERIALIZED (
    SELECT min(abs(z)) AS z
    FROM tried
    WHERE abs(z) >= normal_limit(t)
)
SELECT
    scoped_words.word, scored.n, scored.n_bought, scored.z,
    (SELECT count(*) FROM asked WHERE NOT converted) AS texts,
    (SELECT count(*) FROM asked WHERE converted) AS texts_bought
FROM scored
JOIN scoped_words ON scoped_words.word_id = scored.word_id
WHERE scored.z >= (SELECT z FROM beyond)
ORDER BY scored.z DESC, scoped_words.word
LIMIT $limit
