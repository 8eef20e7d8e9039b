-- The rules that give one clock its target in working days, with how many; those that changed it from version to version
-- are left out.
-- :column stage one of response:response_working_days, feedback:feedback_working_days, resolution:resolution_working_days —
--   which clock
-- :grain rule
SELECT name AS rule, min($stage) AS working_days
FROM scoped_sla_rules
GROUP BY name
HAVING min($stage) = max($stage)
ORDER BY name
