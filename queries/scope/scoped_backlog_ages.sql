-- The age groups of open tickets in days since the day of opening: from the first one up to but without `until_days`.
-- :permission everyone — the team's own policy
SELECT place, from_days, until_days
FROM backlog_ages
