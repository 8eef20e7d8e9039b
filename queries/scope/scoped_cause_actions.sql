-- What is done about causes of complaints: one row per action, its latest entry. The period does not apply.
-- :permission everyone — the team's own plans; they hold nothing about customers
-- :dimensions region, product, channel
-- :everywhere — an action without a limit concerns everybody
SELECT
    id AS entry, action AS action_id, cause, what AS to_do, status AS action_status, owner AS action_owner, starts_on, due_on,
    region, product, channel, region AS only_region, product AS only_product, channel AS only_channel,
    note, author, at AS written_at, begun_at
FROM cause_actions
