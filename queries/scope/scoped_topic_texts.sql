-- How close each text is to its topic, from 0 to 1. The period does not apply.
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    text_topics.text_id, text_topics.topic_id, text_topics.fit,
    fact_texts.tier, fact_texts.segment, fact_texts.region, fact_texts.industry, fact_texts.channel,
    fact_texts.department, fact_texts.team, fact_texts.product
FROM text_topics
JOIN fact_texts ON fact_texts.text_id = text_topics.text_id
