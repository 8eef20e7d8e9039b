-- Where the clocks of the tickets opened in the period stand. Of each stage that the source records, the states add up to
-- all those tickets.
-- :grain stage, state
SELECT stage, state, count(*) AS n
FROM scoped_clocks_opened
GROUP BY stage, state
ORDER BY stage, state
