-- How dissatisfied the texts of one source are, by week or month, over the twelve months up to a day: by the customer's own mark,
-- else by the model. `n` counts the texts of which that is known, `marked` those with a mark.
-- :period ignored scoped_texts_ever
-- :param source one of survey, ticket, interaction = survey — where they were said
-- :column bucket one of week, month = month — how finely
-- :param until date = null — the last day; the data's last one if not given
-- :grain bucket
WITH span AS (
    SELECT
        coalesce(CAST($until AS DATE), CAST($as_of_day AS DATE)) AS day,
        CAST(date_trunc('month', coalesce(CAST($until AS DATE), CAST($as_of_day AS DATE))) - INTERVAL 11 MONTH AS DATE) AS first_day
)
SELECT
    $bucket AS bucket,
    CAST(metric('dissatisfied') AS DOUBLE) AS value,
    CAST(metric_low('dissatisfied') AS DOUBLE) AS low,
    CAST(metric_high('dissatisfied') AS DOUBLE) AS high,
    metric_n('dissatisfied') AS n,
    count(*) FILTER (WHERE mood_by = 'label') AS marked
FROM scoped_texts_ever
WHERE
    source = $source AND has_text AND unhappy IS NOT NULL
    AND $bucket >= (SELECT max(first_day) FROM span) AND day <= (SELECT max(day) FROM span)
GROUP BY $bucket
ORDER BY $bucket
