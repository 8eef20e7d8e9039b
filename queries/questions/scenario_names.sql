-- The situations that are known, in the order of the policy, with their names.
-- :grain scenario
SELECT scenario, name_en, name_zh
FROM scoped_scenarios
ORDER BY place, scenario
