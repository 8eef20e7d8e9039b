-- The words of complaints, those that most of them say first, each counted once a text; beside it the same count in the
-- days before. `texts` and `texts_before` count all complaints with a text, `share` is n / texts, `times` the share now
-- over the share before. `z` tells a rise from noise: the log-odds ratio of now against before over its standard error,
-- with an informative Dirichlet prior of 100 words (Monroe, Colaresi, Quinn 2008, doi:10.1093/pan/mpn018). A word is
-- rising from z = 2.58 on, if at least ten complaints say it.
-- :period ignored scoped_complaints_ever, scoped_complaint_words_ever
-- :param before_start date = null — the first of the days to compare with
-- :param before_end date = null — the last of them
-- :param limit int = 100 — at most so many words
-- :grain word
WITH
total AS (SELECT metric('complaint_texts') AS texts FROM scoped_complaints),
total_before AS (
    SELECT metric('complaint_texts') AS texts
    FROM scoped_complaints_ever
    WHERE day >= CAST($before_start AS DATE) AND day <= CAST($before_end AS DATE)
),
current_words AS (SELECT word_id, count(*) AS n FROM scoped_complaint_words GROUP BY word_id),
earlier_words AS (
    SELECT word_id, count(*) AS n
    FROM scoped_complaint_words_ever
    WHERE day >= CAST($before_start AS DATE) AND day <= CAST($before_end AS DATE)
    GROUP BY word_id
),
sums AS (
    SELECT
        (SELECT max(texts) FROM total) AS texts,
        (SELECT max(texts) FROM total_before) AS texts_before,
        CAST((SELECT sum(n) FROM current_words) AS DOUBLE) AS said,
        CAST((SELECT sum(n) FROM earlier_words) AS DOUBLE) AS said_before
),
counted AS (
    SELECT
        current_words.word_id,
        current_words.n,
        coalesce(earlier_words.n, 0) AS n_before,
        sums.texts,
        sums.texts_before,
        sums.said,
        sums.said_before,
        100 * (current_words.n + coalesce(earlier_words.n, 0)) / (sums.said + sums.said_before) AS prior
    FROM current_words
    LEFT JOIN earlier_words ON earlier_words.word_id = current_words.word_id
    CROSS JOIN sums
),
compared AS (
    SELECT
        *,
        (
            ln((n + prior) / (said + 100 - n - prior)) - ln((n_before + prior) / (said_before + 100 - n_before - prior))
        ) / sqrt(1 / (n + prior) + 1 / (n_before + prior)) AS z
    FROM counted
)
SELECT
    scoped_words.word,
    scoped_words.language,
    compared.n,
    compared.texts,
    compared.n / compared.texts AS share,
    compared.n_before,
    compared.texts_before,
    compared.n_before / nullif(compared.texts_before, 0) AS share_before,
    compared.n / compared.texts / nullif(compared.n_before / nullif(compared.texts_before, 0), 0) AS times,
    compared.z,
    coalesce(compared.z >= 2.58 AND compared.n >= 10, FALSE) AS rising
FROM compared
JOIN scoped_words ON scoped_words.word_id = compared.word_id
ORDER BY compared.n DESC, scoped_words.word
LIMIT $limit
