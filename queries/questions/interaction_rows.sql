-- Contacts, the latest first. Times are the team's clock; `total` counts them all.
-- :param kind text = null — only this kind
-- :param touchpoint text = null — only this touchpoint
-- :param topic text = null — only this topic
-- :param persona text = null — only this persona
-- :param limit int = 200 — at most so many rows
-- :grain interaction_id
WITH
matching AS NOT MATERIALIZED (
    SELECT *
    FROM scoped_interactions
    WHERE
        chosen(kind, $kind)
        AND chosen(touchpoint, $touchpoint)
        AND chosen(topic, $topic)
        AND chosen(persona, $persona)
),
first_rows AS (
    SELECT *, (SELECT count(*) FROM matching) AS total
    FROM matching
    ORDER BY happened_at DESC, interaction_id
    LIMIT $limit
)
SELECT
    contacts.interaction_id,
    contacts.customer_id,
    texts.customer_name,
    contacts.agent_id,
    local_time(contacts.happened_at) AS happened_at,
    contacts.channel, contacts.kind, contacts.direction, contacts.touchpoint, contacts.topic, contacts.is_bot,
    contacts.connected, contacts.transfers, contacts.duration_seconds, contacts.converted, contacts.department,
    contacts.team, contacts.tier, contacts.region,
    texts.text,
    contacts.total
FROM first_rows AS contacts
JOIN scoped_interaction_texts AS texts ON texts.interaction_id = contacts.interaction_id
ORDER BY contacts.happened_at DESC, contacts.interaction_id
