-- What was written about one action, the latest first. Times are the team's clock; `entry` numbers what was written.
-- :param action text = null — the action
-- :param limit int = 200 — at most so many rows
-- :grain entry
SELECT
    entry, local_time(written_at) AS written_at, author, action_status, action_owner, hide_personal(to_do) AS to_do,
    starts_on, due_on, hide_personal(note) AS note, count(*) OVER () AS total
FROM scoped_cause_actions_history
WHERE action_id = $action
ORDER BY entry DESC
LIMIT $limit
