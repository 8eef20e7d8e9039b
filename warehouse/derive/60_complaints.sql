-- What unhappy customers said, one row each: every ticket of the kind "complaint", and every comment of a survey whose
-- score is low (0-6 of NPS, 1-2 of CSAT). `text_id` counts them in the order of their days; those without a day come last.
CREATE TABLE fact_complaints AS
WITH said AS (
    SELECT
        'ticket' AS source, ticket_id, NULL AS survey_id, customer_id, opened_at AS said_at, opened_day AS day, category,
        tier, segment, region, industry, channel, department, team, product, is_vip, NULL AS score,
        trim(coalesce(text, '')) <> '' AS has_text
    FROM fact_tickets
    WHERE kind = 'complaint'
    UNION ALL
    SELECT
        'survey' AS source, s.ticket_id, s.survey_id, s.customer_id, coalesce(s.answered_at, s.sent_at) AS said_at, s.day,
        t.category, s.tier, s.segment, s.region, s.industry, s.channel, s.department, s.team, s.product,
        coalesce(c.is_vip, false) AS is_vip, s.score, true AS has_text
    FROM fact_surveys AS s
    LEFT JOIN fact_tickets AS t ON t.ticket_id = s.ticket_id
    LEFT JOIN dim_customer AS c ON c.customer_id = s.customer_id
    WHERE s.outcome IN ('detractor', 'dissatisfied') AND trim(coalesce(s.comment, '')) <> ''
)
SELECT (row_number() OVER (ORDER BY day NULLS LAST, said_at, source, ticket_id, survey_id))::INTEGER AS text_id, *
FROM said
ORDER BY text_id;

-- Their texts, made plain: no accents, no addresses, and English contractions written out.
CREATE TEMP TABLE complaint_texts AS
SELECT
    text_id,
    regexp_replace(
        regexp_replace(
            regexp_replace(
                replace(replace(lower(strip_accents(text)), '’', ''''), 'cannot', 'can not'),
                '\S+@\S+|https?://\S+|\s+', ' ', 'g'
            ),
            'n''t\b', ' not', 'g'
        ),
        '''(s|re|ve|ll|d|m)\b', '', 'g'
    ) AS text
FROM (
    SELECT c.text_id, coalesce(CASE WHEN c.source = 'ticket' THEN t.text END, s.comment) AS text
    FROM fact_complaints AS c
    LEFT JOIN fact_tickets AS t ON t.ticket_id = c.ticket_id AND c.source = 'ticket'
    LEFT JOIN fact_surveys AS s ON s.survey_id = c.survey_id
    WHERE c.has_text
)
ORDER BY text_id;
