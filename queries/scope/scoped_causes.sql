-- The causes of complaints that the policy knows, with their names and the department that answers for each.
-- :permission everyone — the team's own policy
SELECT cause, name_en, name_zh, responsible, place
FROM causes
