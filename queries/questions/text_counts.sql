-- How many texts customers wrote in each pool: in the period (all, and those in surveys), over all dates, and without a date.
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
    SELECT pool, count(*) AS n, count(*) FILTER (WHERE source = 'survey') AS comments
    FROM scoped_texts
    WHERE has_text
    GROUP BY pool
)
SELECT
    ever.pool,
    coalesce(recent.n, 0) AS texts,
    coalesce(recent.comments, 0) AS comments,
    ever.n AS ever,
    ever.undated
FROM ever
LEFT JOIN recent ON recent.pool = ever.pool
ORDER BY ever.n DESC, ever.pool
