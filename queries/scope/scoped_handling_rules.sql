-- The rules of case handling as they stood at the load, one row.
-- :permission everyone — the team's own policy
SELECT fcr_days, old_days
FROM handling_rules
