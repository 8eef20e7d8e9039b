-- Texts for other departments, the latest first: questions before a purchase or texts that wish for something. Times are the
-- team's clock; `total` counts them all.
-- :param feed one of sticking, demand = sticking — for whom
-- :param topic text = null — only this group of questions
-- :param wish text = null — only this topic of wishes
-- :param product text = null — only this product
-- :param limit int = 200 — at most so many rows
-- :grain text_id
WITH
matching AS NOT MATERIALIZED (
    SELECT
        texts.text_id, texts.source, texts.ticket_id, texts.survey_id, texts.interaction_id, texts.customer_id, texts.said_at,
        texts.day, texts.kind, texts.converted, texts.product, texts.tier, texts.region, texts.channel, texts.department,
        min(topics.name) AS wish
    FROM scoped_feed_texts AS texts
    LEFT JOIN scoped_topics AS topics ON topics.topic_id = texts.topic_id
    WHERE
        texts.feed = $feed AND chosen(texts.topic, $topic) AND chosen(topics.name, $wish) AND chosen(texts.product, $product)
    GROUP BY ALL
),
first_rows AS (
    SELECT *, (SELECT count(*) FROM matching) AS total
    FROM matching
    ORDER BY day DESC NULLS LAST, text_id DESC
    LIMIT $limit
)
SELECT
    local_time(texts.said_at) AS said_at, written.text, texts.wish, texts.product, texts.kind, texts.converted, texts.source,
    written.customer_name, texts.customer_id, texts.tier, texts.region, texts.channel, texts.department, texts.ticket_id,
    texts.text_id, texts.total
FROM first_rows AS texts
LEFT JOIN scoped_written AS written
    ON written.source = texts.source AND written.said_id = coalesce(texts.survey_id, texts.interaction_id, texts.ticket_id)
ORDER BY texts.day DESC NULLS LAST, texts.text_id DESC
