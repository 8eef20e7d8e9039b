-- Whether the probabilities of dissatisfaction can be taken at their word: of texts given about so much (tenths from `band` on)
-- by a model that had not seen them, what share was dissatisfied? With its Wilson interval.
-- :period ignored — the models are learned from all texts
-- :param source one of survey, ticket = survey — where customers gave their marks
-- :grain band
SELECT
    band, n, expected, unhappy / n AS left_rate,
    (unhappy + 1.9207294 - 1.959964 * sqrt(unhappy * (n - unhappy) / n + 0.9603647)) / (n + 3.8414588) AS low,
    (unhappy + 1.9207294 + 1.959964 * sqrt(unhappy * (n - unhappy) / n + 0.9603647)) / (n + 3.8414588) AS high
FROM scoped_mood_bands
WHERE source = $source
ORDER BY band
