-- Complaints of the period by what told their cause: their category, their words, a rule that people accepted, or nothing
-- (empty). `complaints` counts them all, `share` is of them.
-- :grain cause_by
SELECT
    cause_by,
    count(*) AS n,
    CAST(sum(count(*)) OVER () AS BIGINT) AS complaints,
    count(*) / sum(count(*)) OVER () AS share
FROM scoped_complaints
GROUP BY cause_by
ORDER BY n DESC, cause_by
