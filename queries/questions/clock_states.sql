-- Where the clocks of the tickets opened in the period stand. Of each stage that the source records, the states add up to
-- all those tickets. `measured` of them have a target of ours, and `near` used up more than a share of it.
-- :param near number = 0.8 — that share
-- :grain stage, state
SELECT
    stage,
    state,
    count(*) AS n,
    count(target_minutes) AS measured,
    count(*) FILTER (WHERE needed_minutes > $near * target_minutes) AS near
FROM scoped_clocks_opened
GROUP BY stage, state
ORDER BY stage, state
