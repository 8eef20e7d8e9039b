-- What customers wish for, by topic or product, the most frequent first: texts, different customers, and what these are expected
-- to bring in after the period's last month-end. Topics of fewer than `least` texts are taken together, with what has none.
-- `total` counts all texts, `groups` all groups.
-- :column by one of topic, product = topic — how to group
-- :param least int = 3 — fewer texts than this are no group
-- :param limit int = 20 — at most so many groups
-- :grain value
WITH
wished AS NOT MATERIALIZED (
    SELECT customer_id, CASE WHEN count(*) OVER (PARTITION BY $by) >= $least THEN CAST($by AS VARCHAR) END AS value
    FROM scoped_feed_texts
    WHERE feed = 'demand'
),
counted AS NOT MATERIALIZED (SELECT value, count(*) AS texts FROM wished GROUP BY value),
wishers AS NOT MATERIALIZED (SELECT DISTINCT value, customer_id FROM wished WHERE customer_id IS NOT NULL),
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
