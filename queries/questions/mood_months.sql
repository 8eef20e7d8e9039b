-- How dissatisfied the texts of one source are, by week or month: by the customer's own mark, else by the model. `n` counts the
-- texts of which that is known, `marked` those with a mark. Undated texts are left out.
-- :param source one of survey, ticket, interaction = survey — where they were said
-- :column bucket one of week, month = month — how finely
-- :grain bucket
SELECT
    $bucket AS bucket,
    CAST(metric('dissatisfied') AS DOUBLE) AS value,
    CAST(metric_low('dissatisfied') AS DOUBLE) AS low,
    CAST(metric_high('dissatisfied') AS DOUBLE) AS high,
    metric_n('dissatisfied') AS n,
    count(*) FILTER (WHERE mood_by = 'label') AS marked
FROM scoped_texts
WHERE source = $source AND unhappy IS NOT NULL AND $bucket IS NOT NULL
GROUP BY $bucket
ORDER BY $bucket
