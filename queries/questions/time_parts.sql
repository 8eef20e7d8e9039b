-- Where the time goes on the way from opening to resolution: the parts' mean minutes over the resolved tickets opened in
-- the period, by a dimension, the largest groups first, and over all of them (`overall`). The parts add up to `whole`; one
-- that the source never records is NULL. `groups` counts all groups, shown or not.
-- :column by one of team, department, channel, kind, priority, category, tier, segment, region, industry, product,
--   persona = team — how to split
-- :param limit int = 25 — at most so many rows
-- :grain overall, value
SELECT
    grouping($by) = 1 AS overall,
    CAST($by AS VARCHAR) AS value,
    count(*) AS tickets,
    avg(whole_minutes) AS whole,
    avg(assignment_minutes) AS assignment,
    avg(ours_minutes) AS ours,
    avg(transferred_minutes) AS transferred,
    avg(customer_minutes) AS customer,
    avg(closed_minutes) AS closed,
    count(*) OVER () - 1 AS groups
FROM scoped_ways
WHERE NOT is_open
GROUP BY GROUPING SETS (($by), ())
HAVING count(*) > 0
ORDER BY overall DESC, tickets DESC, value NULLS LAST
LIMIT $limit
