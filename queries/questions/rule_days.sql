-- The rules in the policy's order, with the working days that they give one clock; none for those that give it other units
-- or changed it from version to version.
-- :column stage one of response:response_working_days, feedback:feedback_working_days, resolution:resolution_working_days —
--   which clock
-- :grain rule
WITH named AS (
    SELECT name, min(rule) AS place, min($stage) AS least, max($stage) AS most
    FROM scoped_sla_rules
    GROUP BY name
)
SELECT name AS rule, CASE WHEN least = most THEN least END AS working_days
FROM named
ORDER BY place, name
