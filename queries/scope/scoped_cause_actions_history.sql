-- Everything that anybody wrote about actions on causes, one row per entry. The period does not apply.
-- :permission everyone — the team's own plans; they hold nothing about customers
-- :dimensions region, product, channel
-- :everywhere — an action without a limit concerns everybody
SELECT
    id AS entry, action AS action_id, cause, what AS to_do, status AS action_status, owner AS action_owner, starts_on, due_on, note, author,
    at AS written_at, region, product, channel
FROM cause_actions_history
