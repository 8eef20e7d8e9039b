-- Who looks after customers: the owners of customers and of outreach, by name.
-- :period ignored — it shows who there is
-- :grain outreach_owner
SELECT owner AS outreach_owner
FROM scoped_customers
WHERE owner IS NOT NULL
UNION
SELECT outreach_owner
FROM scoped_outreach
WHERE outreach_owner IS NOT NULL
ORDER BY outreach_owner
