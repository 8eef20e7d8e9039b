-- From which probability of being unhappy a text that is no complaint counts as demand that is not met.
-- :grain unhappy_from
SELECT unhappy_from
FROM scoped_demand_rules
