-- How dissatisfied the texts of the period are, by source: by the customer's own mark, else by the model. `texts` counts all that
-- say something, `n` those of which it is known, `marked` those with a mark
-- and `marked_unhappy` those of them whose mark says dissatisfied.
-- :grain source
SELECT
    source,
    count(*) AS texts,
    CAST(metric('dissatisfied') AS DOUBLE) AS value,
    CAST(metric_low('dissatisfied') AS DOUBLE) AS low,
    CAST(metric_high('dissatisfied') AS DOUBLE) AS high,
    metric_n('dissatisfied') AS n,
    count(*) FILTER (WHERE mood_by = 'label') AS marked,
    count(*) FILTER (WHERE mood_by = 'label' AND unhappy = 1) AS marked_unhappy,
    avg(unhappy) FILTER (WHERE mood_by = 'label') AS marked_share
FROM scoped_texts
WHERE has_text
GROUP BY source
ORDER BY source
