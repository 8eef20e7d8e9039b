-- Whether the probabilities of dissatisfaction can be taken at their word: of texts given about so much (tenths from `band` on)
-- by a model that had not seen them, what share was dissatisfied? With its Wilson interval.
-- :period ignored — the models are learned from all texts
-- :param source one of survey, ticket = survey — where customers gave their marks
-- :grain band
SELECT
    band, n, expected, unhappy / n AS left_rate,
    greatest(
        (unhappy + 1.920729410347062 - 1.959963984540054 * sqrt(unhappy * (n - unhappy) / n + 0.960364705173531))
        / (n + 3.841458820694124), 0
    ) AS low,
    (unhappy + 1.920729410347062 + 1.959963984540054 * sqrt(unhappy * (n - unhappy) / n + 0.960364705173531))
    / (n + 3.841458820694124) AS high
FROM scoped_mood_bands
WHERE source = $source
ORDER BY band
