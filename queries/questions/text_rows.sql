-- What customers wrote, the latest first. Times are the team's clock; `total` counts all that match. Texts are found by their
-- words, so what is hidden in them is not found.
-- :param pool text = null — only texts of this pool
-- :param besides text = null — none of that one
-- :param source text = null — only those that were written there
-- :param word text = null — only those that say this word
-- :param like text = null — only those with a word that has this in it
-- :param limit int = 200 — at most so many rows
-- :grain text_id
WITH
wanted AS (
    SELECT word_id
    FROM scoped_search_words
    WHERE word = $word OR contains(word, lower($like))
),
saying AS (SELECT text_id FROM scoped_text_words WHERE word_id IN (SELECT word_id FROM wanted)),
matching AS NOT MATERIALIZED (
    SELECT *
    FROM scoped_texts
    WHERE
        has_text
        AND chosen(pool, $pool)
        AND chosen(source, $source)
        AND (CAST($besides AS VARCHAR) IS NULL OR pool <> CAST($besides AS VARCHAR))
        AND (
            (CAST($word AS VARCHAR) IS NULL AND CAST($like AS VARCHAR) IS NULL)
            OR text_id IN (SELECT text_id FROM saying)
        )
),
first_rows AS (
    SELECT *, (SELECT count(*) FROM matching) AS total
    FROM matching
    ORDER BY day DESC NULLS LAST, text_id DESC
    LIMIT $limit
)
SELECT
    texts.text_id,
    local_time(texts.said_at) AS said_at,
    texts.pool,
    written.text,
    texts.cause,
    written.customer_name,
    texts.customer_id,
    texts.tier, texts.is_vip,
    texts.source,
    texts.ticket_id, texts.survey_id, texts.interaction_id,
    CAST(texts.category AS VARCHAR) AS category,
    texts.department, texts.team, texts.channel, texts.region, texts.product,
    texts.score,
    round(CAST(texts.unhappy AS DOUBLE), 2) AS unhappy,
    texts.total
FROM first_rows AS texts
LEFT JOIN scoped_written AS written
    ON written.source = texts.source AND written.said_id = coalesce(texts.survey_id, texts.interaction_id, texts.ticket_id)
ORDER BY texts.day DESC NULLS LAST, texts.text_id DESC
