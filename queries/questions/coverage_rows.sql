-- Complaints by what told their cause; those of a topic most typical first, all others the latest first. Times are the team's
-- clock; `total` counts them all.
-- :param by one of any, category, words, accepted, none = any — what told the cause; none: nothing did
-- :param topic int = null — only those of this topic
-- :param category text = null — only those of this category
-- :param limit int = 200 — at most so many rows
-- :grain source, ticket_id, survey_id
WITH
matching AS NOT MATERIALIZED (
    SELECT *
    FROM scoped_complaints
    WHERE
        ($by = 'any' OR coalesce(cause_by, 'none') = $by)
        AND chosen(category, $category)
        AND (CAST($topic AS INTEGER) IS NULL OR topic_id = CAST($topic AS INTEGER))
),
fits AS (SELECT text_id, fit FROM scoped_topic_texts WHERE topic_id = CAST($topic AS INTEGER)),
first_rows AS (
    SELECT matching.*, fits.fit, (SELECT count(*) FROM matching) AS total
    FROM matching
    LEFT JOIN fits ON fits.text_id = matching.text_id
    ORDER BY fits.fit DESC NULLS LAST, matching.day DESC NULLS LAST, matching.text_id DESC
    LIMIT $limit
)
SELECT
    local_time(complaints.said_at) AS said_at,
    complaints.cause,
    CAST(complaints.cause_by AS VARCHAR) AS cause_by,
    CAST(complaints.category AS VARCHAR) AS category,
    written.text,
    written.customer_name,
    complaints.customer_id,
    complaints.is_vip,
    complaints.source,
    complaints.ticket_id,
    complaints.survey_id,
    complaints.department, complaints.channel, complaints.region, complaints.product,
    complaints.total
FROM first_rows AS complaints
LEFT JOIN scoped_written AS written
    ON written.source = complaints.source AND written.said_id = coalesce(complaints.survey_id, complaints.ticket_id)
ORDER BY complaints.fit DESC NULLS LAST, complaints.day DESC NULLS LAST, complaints.text_id DESC
