-- What customers wish for, by topic or product, the most frequent first: texts, different customers, and what these are expected
-- to bring in after the period's last month-end. `total` counts all texts, `groups` all groups.
-- :column by one of topic:topic_name, product = topic — how to group
-- :param limit int = 12 — at most so many groups
-- :grain value
WITH
wished AS NOT MATERIALIZED (
    SELECT texts.text_id, texts.customer_id, CAST(texts.product AS VARCHAR) AS product, topics.name AS topic_name
    FROM scoped_feed_texts AS texts
    LEFT JOIN scoped_topics AS topics ON topics.topic_id = texts.topic_id
    WHERE texts.feed = 'demand'
),
counted AS NOT MATERIALIZED (SELECT $by AS value, count(*) AS texts FROM wished GROUP BY $by),
wishers AS NOT MATERIALIZED (
    SELECT DISTINCT $by AS value, customer_id
    FROM wished
    WHERE customer_id IS NOT NULL
),
worth AS NOT MATERIALIZED (
    SELECT wishers.value, count(*) AS customers, sum(months.clv) AS clv
    FROM wishers
    LEFT JOIN scoped_customer_months AS months
        ON months.customer_id = wishers.customer_id AND months.day = (SELECT max(day) FROM scoped_month_ends)
    GROUP BY wishers.value
)
SELECT
    counted.value, counted.texts, coalesce(worth.customers, 0) AS customers, worth.clv,
    sum(counted.texts) OVER () AS total, count(*) OVER () AS groups
FROM counted
LEFT JOIN worth ON worth.value IS NOT DISTINCT FROM counted.value
ORDER BY counted.value IS NULL, counted.texts DESC, counted.value
LIMIT $limit
