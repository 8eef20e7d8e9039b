-- Everything that customers wrote, one row a text, in pools:
--   complaint  every ticket of the kind "complaint", even without a text, and every comment of an unhappy customer
--   praise     comments of happy customers (NPS 9-10, CSAT 4-5)
--   idea       tickets of the kind "suggestion"
--   question   tickets of the kinds "enquiry" and "request"; contacts that ask
--   other      every other text that came from customers
-- `label` is what the customer's own mark says: dissatisfied, satisfied, or neither. `text_id` counts the texts pool by
-- pool, so that few of them lie close together on disk, in the order of their days; those without a day come last.
CREATE TEMP MACRO is_written(text) AS trim(coalesce(text, '')) <> '';

CREATE TEMP TABLE all_texts AS
WITH said AS (
    SELECT
        CASE
            WHEN kind = 'complaint' THEN 'complaint'
            WHEN kind = 'suggestion' THEN 'idea'
            WHEN kind IN ('enquiry', 'request') THEN 'question'
            ELSE 'other'
        END AS pool,
        'ticket' AS source, ticket_id, NULL AS survey_id, NULL AS interaction_id, customer_id,
        opened_at AS said_at, opened_day AS day, kind::VARCHAR AS kind, category, NULL AS touchpoint, satisfaction AS score,
        CASE WHEN satisfaction <= 2 THEN true WHEN satisfaction >= 4 THEN false END AS label,
        NULL AS converted, is_written(text) AS has_text, is_vip, tier, segment, region, industry, channel, department, team, product
    FROM fact_tickets
    WHERE kind = 'complaint' OR is_written(text)
    UNION ALL
    SELECT
        CASE
            WHEN s.outcome IN ('detractor', 'dissatisfied') THEN 'complaint'
            WHEN s.outcome IN ('promoter', 'satisfied') THEN 'praise'
            ELSE 'other'
        END AS pool,
        'survey' AS source, s.ticket_id, s.survey_id, NULL AS interaction_id, s.customer_id,
        coalesce(s.answered_at, s.sent_at) AS said_at, s.day, s.kind::VARCHAR AS kind, t.category, s.touchpoint, s.score,
        CASE
            WHEN s.outcome IN ('detractor', 'dissatisfied') THEN true
            WHEN s.outcome IN ('promoter', 'satisfied') THEN false
        END AS label,
        NULL AS converted, true AS has_text, coalesce(c.is_vip, false) AS is_vip,
        s.tier, s.segment, s.region, s.industry, s.channel, s.department, s.team, s.product
    FROM fact_surveys AS s
    LEFT JOIN fact_tickets AS t ON t.ticket_id = s.ticket_id
    LEFT JOIN dim_customer AS c ON c.customer_id = s.customer_id
    WHERE is_written(s.comment)
    UNION ALL
    SELECT
        CASE WHEN i.kind IN ('enquiry', 'consultation', 'order_help') THEN 'question' ELSE 'other' END AS pool,
        'interaction' AS source, NULL AS ticket_id, NULL AS survey_id, i.interaction_id, i.customer_id,
        i.happened_at AS said_at, i.day, i.kind::VARCHAR AS kind, NULL AS category, i.touchpoint, NULL AS score,
        NULL AS label, i.converted, true AS has_text, coalesce(c.is_vip, false) AS is_vip,
        i.tier, i.segment, i.region, i.industry, i.channel, i.department, i.team, NULL AS product
    FROM fact_interactions AS i
    LEFT JOIN dim_customer AS c ON c.customer_id = i.customer_id
    -- what we say when we call is no voice of the customer
    WHERE is_written(i.text) AND coalesce(i.direction <> 'outbound', true)
)
SELECT
    row_number() OVER (
        ORDER BY pool::dim_pool, day NULLS LAST, said_at, source, ticket_id, survey_id, interaction_id
    )::INTEGER AS text_id,
    * REPLACE (pool::dim_pool AS pool, source::dim_source AS source)
FROM said
ORDER BY text_id;

-- Their texts, made plain: simplified characters, no accents, no addresses, and English contractions written out.
CREATE TEMP TABLE plain_texts AS
SELECT
    text_id,
    simplified(
        regexp_replace(
            regexp_replace(
                regexp_replace(
                    replace(replace(lower(strip_accents(text)), '’', ''''), 'cannot', 'can not'),
                    '\S+@\S+|https?://\S+|\s+', ' ', 'g'
                ),
                'n''t\b', ' not', 'g'
            ),
            '''(s|re|ve|ll|d|m)\b', '', 'g'
        )
    ) AS text
FROM (
    SELECT
        a.text_id, CASE a.source WHEN 'ticket' THEN t.text WHEN 'survey' THEN s.comment ELSE i.text END AS text
    FROM all_texts AS a
    LEFT JOIN fact_tickets AS t ON a.source = 'ticket' AND t.ticket_id = a.ticket_id
    LEFT JOIN fact_surveys AS s ON s.survey_id = a.survey_id
    LEFT JOIN fact_interactions AS i ON i.interaction_id = a.interaction_id
    WHERE a.has_text
)
ORDER BY text_id;
