-- The probabilities that the models of mood gave to texts that they had not seen, in tenths, and what came of them.
-- :permission everyone — counts only, nothing about a customer
SELECT source, band, n, expected, unhappy
FROM mood_bands
