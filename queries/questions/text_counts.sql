-- How many texts customers wrote in each pool: in the period (all, and those in surveys), over all dates, and without a date.
-- `records` counts with them the tickets, surveys and contacts of the period that have no text.
-- :period ignored scoped_texts_ever
-- :grain pool
WITH
ever AS (
    SELECT pool, count(*) AS n, count(*) FILTER (WHERE day IS NULL) AS undated
    FROM scoped_texts_ever
    WHERE has_text
    GROUP BY pool
),
recent AS (
    SELECT
        pool,
        count(*) AS records,
        count(*) FILTER (WHERE has_text) AS n,
        count(*) FILTER (WHERE has_text AND source = 'survey') AS comments
    FROM scoped_texts
    GROUP BY pool
)
SELECT
    ever.pool,
    coalesce(recent.n, 0) AS texts,
    coalesce(recent.comments, 0) AS comments,
    coalesce(recent.records, 0) AS records,
    ever.n AS ever,
    ever.undated
FROM ever
LEFT JOIN recent ON recent.pool = ever.pool
ORDER BY ever.n DESC, ever.pool
