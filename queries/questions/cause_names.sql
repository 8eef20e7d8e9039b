-- The causes of complaints that are known, in the order of the policy, with their names and the department that answers for each.
-- :grain cause
SELECT cause, name_en, name_zh, responsible
FROM scoped_causes
ORDER BY place, cause
