-- Surveys, the latest first, undated ones last. Times are the team's clock; `total` counts them all.
-- :param kind text = null — only this kind: nps or csat
-- :param outcome text = null — only this outcome
-- :param score int = null — only this score
-- :param which one of all, scored = all — all of them, or only those with a score
-- :param touchpoint text = null — only this touchpoint
-- :param persona text = null — only this persona
-- :param limit int = 200 — at most so many rows
-- :grain survey_id
WITH
matching AS NOT MATERIALIZED (
    SELECT *
    FROM scoped_surveys
    WHERE
        chosen(kind, $kind)
        AND chosen(outcome, $outcome)
        AND (CAST($score AS BIGINT) IS NULL OR score = CAST($score AS BIGINT))
        AND ($which = 'all' OR score IS NOT NULL)
        AND chosen(touchpoint, $touchpoint)
        AND chosen(persona, $persona)
),
first_rows AS (
    SELECT *, (SELECT count(*) FROM matching) AS total
    FROM matching
    ORDER BY day DESC NULLS LAST, answered_at DESC NULLS LAST, survey_id
    LIMIT $limit
)
SELECT
    surveys.survey_id,
    surveys.customer_id,
    texts.customer_name,
    surveys.ticket_id,
    surveys.kind, surveys.score, surveys.outcome, surveys.touchpoint, surveys.channel, surveys.tier, surveys.region,
    local_time(surveys.sent_at) AS sent_at,
    local_time(surveys.answered_at) AS answered_at,
    texts.comment,
    surveys.total
FROM first_rows AS surveys
JOIN scoped_survey_texts AS texts ON texts.survey_id = surveys.survey_id
ORDER BY surveys.day DESC NULLS LAST, surveys.answered_at DESC NULLS LAST, surveys.survey_id
