-- The situations that the policy knows, with their names.
-- :permission everyone — the team's own policy
SELECT scenario, name_en, name_zh, place
FROM scenarios
