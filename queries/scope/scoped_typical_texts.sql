-- How central each complaint is among those of its cause, month and language, and the word that makes it so: to choose
-- quotes by.
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    typical_texts.text_id, typical_texts.centrality, typical_texts.language, typical_texts.gist, fact_texts.cause, fact_texts.day,
    CAST(date_trunc('month', fact_texts.day) AS DATE) AS month,
    fact_texts.tier, fact_texts.segment, fact_texts.region, fact_texts.industry, fact_texts.channel,
    fact_texts.department, fact_texts.team, fact_texts.product
FROM typical_texts
JOIN fact_texts ON fact_texts.text_id = typical_texts.text_id
