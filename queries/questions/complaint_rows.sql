-- Complaints, the latest first: tickets of that kind and comments of unhappy customers. Times are the team's clock; `total`
-- counts them all.
-- :param source one of any, ticket, survey = any — where they were said
-- :param word text = null — only those that say this word
-- :param like text = null — only those with a word that has this in it
-- :param cause text = null — only of this cause
-- :param cost one of any, breached, compensation = any — only tickets that missed a target, or with compensation paid
-- :param limit int = 200 — at most so many rows
-- :grain source, ticket_id, survey_id
WITH
wanted AS (
    SELECT word_id
    FROM scoped_search_words
    WHERE word = $word OR contains(word, lower($like))
),
saying AS (SELECT text_id FROM scoped_complaint_words WHERE word_id IN (SELECT word_id FROM wanted)),
matching AS NOT MATERIALIZED (
    SELECT *
    FROM scoped_complaints
    WHERE
        ($source = 'any' OR source = $source)
        AND chosen(cause, $cause)
        AND ($cost = 'any' OR $cost = 'breached' AND breached OR $cost = 'compensation' AND compensation > 0)
        AND (
            (CAST($word AS VARCHAR) IS NULL AND CAST($like AS VARCHAR) IS NULL)
            OR text_id IN (SELECT text_id FROM saying)
        )
),
first_rows AS (
    SELECT *, (SELECT count(*) FROM matching) AS total
    FROM matching
    ORDER BY day DESC NULLS LAST, text_id DESC
    LIMIT $limit
)
SELECT
    local_time(complaints.said_at) AS said_at,
    complaints.cause,
    CAST(complaints.category AS VARCHAR) AS category,
    written.text,
    scoped_causes.responsible,
    written.customer_name,
    complaints.customer_id,
    complaints.tier, complaints.is_vip,
    complaints.source,
    complaints.ticket_id,
    complaints.survey_id,
    complaints.department, complaints.team, complaints.channel, complaints.region, complaints.product,
    complaints.breached, complaints.compensation,
    CASE WHEN complaints.source = 'survey' THEN complaints.score END AS score,
    complaints.total
FROM first_rows AS complaints
LEFT JOIN scoped_written AS written
    ON written.source = complaints.source AND written.said_id = coalesce(complaints.survey_id, complaints.ticket_id)
LEFT JOIN scoped_causes ON scoped_causes.cause = complaints.cause
ORDER BY complaints.day DESC NULLS LAST, complaints.text_id DESC
