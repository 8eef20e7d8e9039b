-- What people wrote in surveys, the latest first, undated ones last. Times are the team's clock; `total` counts all that
-- match. Personal data is hidden, and hidden text is not found: what the search is held against is what is shown.
-- :param kind one of any, nps, csat = any — of which surveys
-- :param outcome text = null — only from those who answered so
-- :param search text = null — only comments that hold this, in small letters or capitals
-- :param limit int = 200 — at most so many rows
-- :grain survey_id
WITH
matching AS NOT MATERIALIZED (
    SELECT *
    FROM scoped_comments
    WHERE
        ($kind = 'any' OR kind = $kind)
        AND chosen(outcome, $outcome)
        AND (
            CAST($search AS VARCHAR) IS NULL
            OR (
                contains(lower(comment), lower(CAST($search AS VARCHAR)))
                AND contains(lower(hide_personal(comment)), lower(CAST($search AS VARCHAR)))
            )
        )
)
SELECT
    local_time(coalesce(answered_at, sent_at)) AS answered_at,
    score,
    outcome,
    hide_personal(comment) AS comment,
    touchpoint, channel, tier, region, customer_id, survey_id, kind,
    (SELECT count(*) FROM matching) AS total
FROM matching
ORDER BY day DESC NULLS LAST, matching.answered_at DESC NULLS LAST, survey_id
LIMIT $limit
