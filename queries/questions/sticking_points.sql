-- What people ask before they buy, by group, the most frequent first (`topic` NULL: none of them). `rate` is the share of
-- consultations in the group that led to an order, `other_rate` that of all others; their difference with Newcombe's interval
-- (method 10, doi:10.1002/(SICI)1097-0258(19980430)17:8<873). `total` counts all questions; one may belong to several groups.
-- Compared is a group only where it and the others have `least` consultations each. The intervals hold for all groups at once
-- (Bonferroni; the limit of z by Abramowitz and Stegun 26.2.23), or the more groups, the more would stand out by chance.
-- :param least int = 30 — with fewer consultations on either side a group is not compared: its difference is NULL
-- :grain topic
WITH
asked AS (SELECT * FROM scoped_feed_texts WHERE feed = 'sticking'),
whole AS (
    SELECT count(*) AS total, count(converted) AS n, count(*) FILTER (WHERE converted) AS hits
    FROM (SELECT text_id, max(converted) AS converted FROM asked GROUP BY text_id) AS once
),
counted AS NOT MATERIALIZED (
    SELECT
        topic, count(*) AS texts, count(DISTINCT customer_id) AS customers,
        CAST(count(converted) AS DOUBLE) AS n, count(*) FILTER (WHERE converted) AS hits
    FROM asked
    GROUP BY topic
),
shares AS NOT MATERIALIZED (
    SELECT
        counted.*, whole.total, nullif(counted.n, 0) AS p_n, nullif(whole.n - counted.n, 0) AS q_n,
        counted.hits / nullif(counted.n, 0) AS p, (whole.hits - counted.hits) / nullif(whole.n - counted.n, 0) AS q
    FROM counted
    CROSS JOIN whole
),
judged AS NOT MATERIALIZED (
    SELECT *, sqrt(-2 * ln(0.025 / greatest(count(*) FILTER (WHERE p_n >= $least AND q_n >= $least) OVER (), 1))) AS t
    FROM shares
),
limits AS NOT MATERIALIZED (
    SELECT *, normal_limit(t) AS z FROM judged
),
bounds AS NOT MATERIALIZED (
    SELECT
        *,
        CASE WHEN p_n >= $least AND q_n >= $least THEN p - q END AS d,
        (p + z * z / (2 * p_n)) / (1 + z * z / p_n) AS p_middle,
        z * sqrt(p * (1 - p) / p_n + z * z / (4 * p_n * p_n)) / (1 + z * z / p_n) AS p_half,
        (q + z * z / (2 * q_n)) / (1 + z * z / q_n) AS q_middle,
        z * sqrt(q * (1 - q) / q_n + z * z / (4 * q_n * q_n)) / (1 + z * z / q_n) AS q_half
    FROM limits
)
SELECT
    bounds.topic, groups.name_en, groups.name_zh, bounds.texts, bounds.customers, bounds.total,
    (SELECT count(*) FROM scoped_feed_texts WHERE feed = 'bought') AS left_out,
    CAST(bounds.n AS BIGINT) AS consultations, bounds.hits AS orders,
    bounds.p AS rate, greatest(bounds.p_middle - bounds.p_half, 0) AS low, bounds.p_middle + bounds.p_half AS high,
    bounds.q AS other_rate, bounds.d AS difference,
    bounds.d
    - sqrt(power(bounds.p - bounds.p_middle + bounds.p_half, 2) + power(bounds.q_middle + bounds.q_half - bounds.q, 2))
        AS difference_low,
    bounds.d
    + sqrt(power(bounds.p_middle + bounds.p_half - bounds.p, 2) + power(bounds.q - bounds.q_middle + bounds.q_half, 2))
        AS difference_high
FROM bounds
LEFT JOIN scoped_feed_groups AS groups ON groups.topic = bounds.topic
ORDER BY bounds.topic IS NULL, bounds.texts DESC, groups.place, bounds.topic
