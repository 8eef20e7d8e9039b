-- The rules of case handling as they stood at the load.
-- :grain fcr_days
SELECT fcr_days, old_days
FROM scoped_handling_rules
