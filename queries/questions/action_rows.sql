-- Actions on causes of complaints and how they stand, the next one due first. Times are the team's clock; `total` counts them all.
-- :period ignored — it shows how things stand
-- :param which one of all, open, ended = all — those that stand so
-- :param cause text = null — only those on this cause
-- :param limit int = 200 — at most so many rows
-- :grain action_id
SELECT
    due_on, cause, hide_personal(to_do) AS to_do, action_owner, action_status, starts_on, only_region, only_product,
    only_channel, hide_personal(note) AS note, author, local_time(written_at) AS written_at,
    local_time(begun_at) AS begun_at, action_id, entry, count(*) OVER () AS total
FROM scoped_cause_actions
WHERE
    chosen(cause, $cause)
    AND ($which = 'all' OR ($which = 'open') = (action_status IN ('planned', 'running')))
ORDER BY due_on NULLS LAST, starts_on NULLS LAST, action_id
LIMIT $limit
