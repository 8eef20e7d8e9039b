-- What people wrote in surveys, the latest first, undated ones last. Times are the team's clock; `total` counts all that
-- match. What is personal in them was hidden by the loader, so no search finds it.
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
        AND (CAST($search AS VARCHAR) IS NULL OR contains(lower(comment), lower(CAST($search AS VARCHAR))))
),
first_rows AS (
    SELECT *, (SELECT count(*) FROM matching) AS total
    FROM matching
    ORDER BY day DESC NULLS LAST, answered_at DESC NULLS LAST, survey_id
    LIMIT $limit
)
SELECT
    local_time(coalesce(comments.answered_at, comments.sent_at)) AS answered_at,
    comments.score, comments.outcome,
    comments.comment,
    comments.touchpoint, comments.channel, comments.tier, comments.region, comments.customer_id, comments.survey_id,
    comments.kind, comments.total
FROM first_rows AS comments
ORDER BY comments.day DESC NULLS LAST, comments.answered_at DESC NULLS LAST, comments.survey_id
