-- How many texts said each of some words, over the twelve months up to a day, and their share of the `texts` of that week or
-- month; weeks and months without any are 0.
-- :period ignored
-- :column bucket one of week, month = week — how finely
-- :param words text = null — which words, parted by |
-- :param pool text = null — only texts of this pool
-- :param until date = null — the last day; the data's last one if not given
-- :grain bucket, word
WITH
last AS (SELECT coalesce(CAST($until AS DATE), CAST($as_of_day AS DATE)) AS day),
span AS (SELECT day, CAST(date_trunc('month', day) - INTERVAL 11 MONTH AS DATE) AS first_day FROM last),
wanted AS (
    SELECT word_id, word
    FROM scoped_words
    WHERE concat('|', $words, '|') LIKE concat('%|', word, '|%')
),
counted AS (
    SELECT $bucket AS bucket, word_id, count(*) AS n
    FROM scoped_text_words_ever
    WHERE
        day >= (SELECT max(first_day) FROM span)
        AND day <= (SELECT max(day) FROM span)
        AND chosen(pool, $pool)
        AND word_id IN (SELECT word_id FROM wanted)
    GROUP BY $bucket, word_id
),
written AS (
    SELECT $bucket AS bucket, count(*) FILTER (WHERE has_text) AS n, min(day) AS first_day
    FROM scoped_texts_ever
    WHERE
        day >= (SELECT max(first_day) FROM span)
        AND day <= (SELECT max(day) FROM span)
        AND chosen(pool, $pool)
    GROUP BY $bucket
),
buckets AS (
    SELECT DISTINCT $bucket AS bucket
    FROM scoped_calendar
    WHERE
        day >= (SELECT min(first_day) FROM written)
        AND day <= (SELECT max(day) FROM span)
        AND $bucket >= (SELECT max(first_day) FROM span)
)
SELECT
    buckets.bucket,
    wanted.word,
    coalesce(counted.n, 0) AS n,
    coalesce(written.n, 0) AS texts,
    coalesce(counted.n, 0) / nullif(written.n, 0) AS share
FROM buckets
CROSS JOIN wanted
LEFT JOIN written ON written.bucket = buckets.bucket
LEFT JOIN counted ON counted.bucket = buckets.bucket AND counted.word_id = wanted.word_id
ORDER BY buckets.bucket, wanted.word
