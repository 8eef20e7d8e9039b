-- Which text of the period says which word, whatever is filtered by: for comparisons with the rest.
-- :period day
-- :filters none — the rest is what the filters leave out; what the viewer may not see stays out
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    text_id, word_id, pool, source, day,
    CAST(date_trunc('week', day) AS DATE) AS week,
    CAST(date_trunc('month', day) AS DATE) AS month,
    tier, segment, region, industry, channel, department, team, product
FROM text_words
