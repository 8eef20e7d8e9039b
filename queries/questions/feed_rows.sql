-- Texts for other departments, the latest first: questions before a purchase, enquiries left out there since their writers have
-- bought already, or texts that wish for something (`wish`: what for, if others wish for it too).
-- `groups_en` and `groups_zh` name all groups a question belongs to (NULL: none). `ordered` says whether a question led to an order: yes, no or unknown. Times are the team's clock; `total` counts them all.
-- :param feed one of sticking, bought, demand = sticking — for whom
-- :param topic text = null — only this group of questions
-- :param wish text = null — only this topic of wishes; those of fewer than `least` texts are none
-- :param product text = null — only this product
-- :param least int = 3 — so many texts make a topic of wishes
-- :param limit int = 200 — at most so many rows
-- :grain text_id
WITH
matching AS NOT MATERIALIZED (
    SELECT DISTINCT
        text_id, source, ticket_id, survey_id, interaction_id, customer_id, said_at, day, kind, product, tier, region, channel, department,
        CASE WHEN feed = 'demand' THEN topic END AS wish,
        CASE WHEN feed = 'demand' AND count(*) OVER (PARTITION BY topic) >= $least THEN topic END AS told_apart,
        CASE WHEN feed = 'sticking' THEN CASE WHEN converted THEN 'yes' WHEN NOT converted THEN 'no' ELSE 'unknown' END END AS ordered
    FROM scoped_feed_texts
    WHERE feed = $feed AND chosen(topic, $topic)
),
grouped AS NOT MATERIALIZED (
    SELECT
        asked.text_id,
        array_to_string(array_agg(names.name_en ORDER BY names.place), ' · ') AS groups_en,
        array_to_string(array_agg(names.name_zh ORDER BY names.place), ' · ') AS groups_zh
    FROM scoped_feed_texts AS asked
    JOIN scoped_feed_groups AS names ON names.topic = asked.topic
    WHERE asked.feed = $feed
    GROUP BY asked.text_id
),
first_rows AS (
    SELECT *, count(*) OVER () AS total
    FROM matching
    WHERE chosen(told_apart, $wish) AND chosen(product, $product)
    ORDER BY day DESC NULLS LAST, text_id DESC
    LIMIT $limit
)
SELECT
    local_time(texts.said_at) AS said_at, written.text, grouped.groups_en, grouped.groups_zh, texts.wish, texts.product, texts.kind, texts.ordered, texts.source,
    written.customer_name, texts.customer_id, texts.tier, texts.region, texts.channel, texts.department, texts.ticket_id,
    texts.text_id, texts.total
FROM first_rows AS texts
LEFT JOIN scoped_written AS written
    ON written.source = texts.source AND written.said_id = coalesce(texts.survey_id, texts.interaction_id, texts.ticket_id)
LEFT JOIN grouped ON grouped.text_id = texts.text_id
ORDER BY texts.day DESC NULLS LAST, texts.text_id DESC
