-- The groups into which the policy sorts what people ask before they buy.
-- :permission everyone — the team's own policy
SELECT topic, name_en, name_zh, place
FROM feed_groups
