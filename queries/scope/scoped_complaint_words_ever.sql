-- Which complaint says which word, whenever it was said.
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    text_id, word_id, day,
    CAST(date_trunc('week', day) AS DATE) AS week,
    CAST(date_trunc('month', day) AS DATE) AS month,
    tier, segment, region, industry, channel, department, team, product
FROM text_words
WHERE pool = 'complaint'
