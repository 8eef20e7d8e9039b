-- Owners of the customers on the care lists, NULL where a customer has none.
-- :period ignored — it shows the state as of the data's last day
-- :grain owner
SELECT owner FROM scoped_care GROUP BY owner ORDER BY owner NULLS LAST
