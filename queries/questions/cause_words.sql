-- The words that set each cause's complaints of a month apart from the other complaints of that month, each counted once a
-- text: by the log-odds ratio over its standard error (`z`), with an informative Dirichlet prior (Monroe, Colaresi, Quinn
-- 2008, doi:10.1093/pan/mpn018), from z = 1.645 on (5 %, for only more is asked for). The prior is a fifth of what all
-- causes say: with a small one, words that two causes share would come before those that only one of them says. Where at
-- least three words are in the reader's language, the others are left out. Without a month: of the complaints that have
-- no date.
-- :period ignored
-- :param month date = null — its first day
-- :param first_days int = null — only so many first days of the month; all if not given
-- :param lang one of en, zh = en — the reader's language
-- :param limit int = 6 — at most so many words a cause
-- :grain cause, word
WITH
said AS (
    SELECT complaints.cause, words.word_id, count(*) AS n
    FROM scoped_complaints_ever AS complaints
    JOIN scoped_complaint_words_ever AS words ON words.text_id = complaints.text_id
    WHERE
        complaints.month IS NOT DISTINCT FROM CAST($month AS DATE)
        AND words.month IS NOT DISTINCT FROM CAST($month AS DATE)
        AND (CAST($first_days AS INTEGER) IS NULL OR words.day < words.month + CAST($first_days AS INTEGER))
    GROUP BY complaints.cause, words.word_id
),
sums AS (
    SELECT
        cause,
        word_id,
        n,
        sum(n) OVER (PARTITION BY word_id) - n AS n_other,
        CAST(sum(n) OVER (PARTITION BY cause) AS DOUBLE) AS total,
        CAST(sum(n) OVER () - sum(n) OVER (PARTITION BY cause) AS DOUBLE) AS total_other,
        sum(n) OVER (PARTITION BY word_id) / 5 AS prior,
        sum(n) OVER () / 5 AS prior_total
    FROM said
    WHERE word_id IN (SELECT word_id FROM scoped_words)
),
compared AS (
    SELECT
        *,
        (
            ln((n + prior) / (total + prior_total - n - prior))
            - ln((n_other + prior) / (total_other + prior_total - n_other - prior))
        )
        / sqrt(1 / (n + prior) + 1 / (n_other + prior)) AS z
    FROM sums
    WHERE cause IS NOT NULL
),
named AS (
    SELECT
        compared.cause, scoped_words.word, compared.n, compared.n_other, compared.z,
        scoped_words.language = $lang AS own,
        count(*) FILTER (WHERE scoped_words.language = $lang) OVER (PARTITION BY compared.cause) AS owns,
        row_number() OVER (
            PARTITION BY compared.cause ORDER BY scoped_words.language = $lang DESC, compared.z DESC, scoped_words.word
        ) AS place
    FROM compared
    JOIN scoped_words ON scoped_words.word_id = compared.word_id
    WHERE compared.z >= 1.645
)
SELECT cause, word, n, n_other, z
FROM named
WHERE place <= $limit AND (own OR owns < 3)
ORDER BY cause, place, word
