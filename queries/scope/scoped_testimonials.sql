-- Comments of promoters that say enough to be quoted, with whether their writer consents; `same` is one for equal texts.
-- :period day
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    testimonials.text_id, testimonials.same, testimonials.typical, fact_texts.survey_id, fact_texts.day, fact_texts.kind,
    fact_texts.score, fact_texts.touchpoint, dim_customer.consent, fact_texts.tier, fact_texts.segment, fact_texts.region,
    fact_texts.industry, fact_texts.channel, fact_texts.department, fact_texts.team, fact_texts.product
FROM testimonials
JOIN fact_texts ON fact_texts.text_id = testimonials.text_id
LEFT JOIN dim_customer ON dim_customer.customer_id = fact_texts.customer_id
