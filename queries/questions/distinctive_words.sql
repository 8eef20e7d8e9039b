-- The words of one side, `here`, set against those of another, `there`: another time, the rest, another pool of texts, or
-- another value of a column. Each word is counted once a text; `share` is of the side's texts. `times` says how many times
-- as often a word is said here, among all words that are shown, with its 95 % interval: the log-odds ratio with an
-- informative Dirichlet prior (Monroe, Colaresi, Quinn 2008, doi:10.1093/pan/mpn018), for which the words of both sides
-- together weigh on each side as many words as `prior` times the root of all that were said; `z` is its distance from none
-- in standard errors. `clear`: of all words that `least` texts say, those beyond chance with a false discovery rate of 5 %
-- (Benjamini and Hochberg 1995); the limit of z for each place is formula 26.2.23 of Abramowitz and Stegun.
-- :period ignored scoped_text_words_ever, scoped_texts_ever
-- :relation words one of period:scoped_text_words, ever:scoped_text_words_ever, company:scoped_company_words = period — where
--   the words of the other side stand
-- :relation texts one of period:scoped_texts, ever:scoped_texts_ever, company:scoped_company_texts = period — and its texts
-- :column among one of tier, segment, region, industry, channel, department, team, product = tier — the column of which
--   `this` and `that` are values
-- :param this text = null — only texts with this value here
-- :param that text = null — and with that one there
-- :param pool text = null — only texts of this pool here
-- :param other_pool text = null — and of that one there
-- :param source text = null — only texts from this source, on both sides
-- :param language text = null — only words of this language, set against one another
-- :param since date = null — only texts from this day on there
-- :param until date = null — and up to that one
-- :param against one of nothing, part, whole = nothing — what the other side is; whole = it holds this one too, and is counted
--   without it
-- :param prior number = 4 — how much what both sides say weighs
-- :param least int = 10 — words of fewer texts, both sides together, are never clear
-- :param sort one of n, z = n — n: those said most here first; z: the most distinctive of each side first
-- :param limit int = 100 — at most so many words (by z of each side)
-- :grain word
WITH
here AS (
    SELECT word_id, count(*) AS n
    FROM scoped_text_words
    WHERE chosen(pool, $pool) AND chosen(source, $source) AND chosen($among, $this)
    GROUP BY word_id
),
there AS (
    SELECT word_id, count(*) AS n
    FROM $words
    WHERE
        $against <> 'nothing' AND chosen(pool, $other_pool) AND chosen(source, $source) AND chosen($among, $that)
        AND (CAST($since AS DATE) IS NULL OR day >= CAST($since AS DATE))
        AND (CAST($until AS DATE) IS NULL OR day <= CAST($until AS DATE))
    GROUP BY word_id
),
written AS (
    SELECT count(*) AS n
    FROM scoped_texts
    WHERE has_text AND chosen(pool, $pool) AND chosen(source, $source) AND chosen($among, $this)
),
written_there AS (
    SELECT count(*) AS n
    FROM $texts
    WHERE
        $against <> 'nothing' AND has_text AND chosen(pool, $other_pool) AND chosen(source, $source) AND chosen($among, $that)
        AND (CAST($since AS DATE) IS NULL OR day >= CAST($since AS DATE))
        AND (CAST($until AS DATE) IS NULL OR day <= CAST($until AS DATE))
),
both_sides AS (
    SELECT
        coalesce(here.word_id, there.word_id) AS word_id,
        coalesce(here.n, 0) AS n,
        coalesce(there.n, 0) - CASE WHEN $against = 'whole' THEN coalesce(here.n, 0) ELSE 0 END AS n_there
    FROM here
    FULL JOIN there ON there.word_id = here.word_id
    WHERE coalesce(here.word_id, there.word_id) IN (SELECT word_id FROM scoped_words WHERE chosen(language, $language))
),
said AS (
    SELECT
        CAST(nullif(sum(n), 0) AS DOUBLE) AS here,
        CAST(nullif(sum(n_there), 0) AS DOUBLE) AS there,
        $prior * sqrt(sum(n + n_there)) AS prior
    FROM both_sides
),
weighed AS (
    SELECT
        both_sides.*,
        both_sides.n + both_sides.n_there >= $least AS enough,
        said.here + said.prior AS here,
        said.there + said.prior AS there,
        said.prior * (both_sides.n + both_sides.n_there) / (said.here + said.there) AS alpha
    FROM both_sides
    CROSS JOIN said
),
compared AS (
    SELECT
        word_id, n, n_there, enough,
        ln((n + alpha) / (here - n - alpha)) - ln((n_there + alpha) / (there - n_there - alpha)) AS odds,
        sqrt(1 / (n + alpha) + 1 / (n_there + alpha)) AS error
    FROM weighed
),
tried AS (
    SELECT
        *,
        abs(odds / error) AS strength,
        sqrt(
            -2 * ln(0.025 * row_number() OVER (PARTITION BY enough ORDER BY abs(odds / error) DESC NULLS LAST)
            / count(*) OVER (PARTITION BY enough))
        ) AS t
    FROM compared
),
beyond AS (
    SELECT min(strength) AS strength
    FROM tried
    WHERE enough AND strength >= normal_limit(t)
),
placed AS (
    SELECT
        tried.*,
        coalesce(enough AND tried.strength >= beyond.strength, FALSE) AS clear,
        row_number() OVER (
            PARTITION BY $sort = 'z' AND odds > 0
            ORDER BY
                CASE WHEN $sort = 'z' AND enough AND tried.strength >= beyond.strength THEN 0 ELSE 1 END,
                CASE WHEN $sort = 'z' THEN tried.strength ELSE n END DESC NULLS LAST,
                n DESC, n_there DESC, word_id
        ) AS place
    FROM tried
    CROSS JOIN beyond
    WHERE $sort = 'z' OR n > 0
)
SELECT
    scoped_words.word,
    scoped_words.language,
    placed.n,
    written.n AS texts,
    placed.n / nullif(written.n, 0) AS share,
    placed.n_there,
    written_there.n - CASE WHEN $against = 'whole' THEN written.n ELSE 0 END AS texts_there,
    placed.n_there / nullif(written_there.n - CASE WHEN $against = 'whole' THEN written.n ELSE 0 END, 0) AS share_there,
    exp(odds) AS times,
    exp(odds - 1.96 * error) AS times_low,
    exp(odds + 1.96 * error) AS times_high,
    odds / error AS z,
    placed.clear
FROM placed
JOIN scoped_words ON scoped_words.word_id = placed.word_id
CROSS JOIN written
CROSS JOIN written_there
WHERE placed.place <= $limit
ORDER BY placed.place, odds DESC, scoped_words.word
