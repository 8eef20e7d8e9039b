-- What the warehouse holds: accepted rows per table and the days they span.
-- :grain table_name
SELECT table_name, n, first_day, last_day
FROM scoped_contents
ORDER BY table_name
