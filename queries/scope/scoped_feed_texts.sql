-- What other departments are given: questions before a purchase, once for each group that they belong to (feed "sticking"), and
-- texts that wish for something (feed "demand").
-- :period day
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    feed_texts.text_id, feed_texts.feed, feed_texts.topic, fact_texts.source, fact_texts.ticket_id, fact_texts.survey_id,
    fact_texts.interaction_id, fact_texts.customer_id, fact_texts.said_at, fact_texts.day, fact_texts.kind, fact_texts.converted,
    fact_texts.topic_id, fact_texts.tier, fact_texts.segment, fact_texts.region, fact_texts.industry, fact_texts.channel,
    fact_texts.department, fact_texts.team, fact_texts.product
FROM feed_texts
JOIN fact_texts ON fact_texts.text_id = feed_texts.text_id
