-- Tickets opened, and tickets resolved or closed, in each bucket of time. Buckets without either are left out.
-- :column bucket one of day, week, month = day — how finely
-- :grain bucket
SELECT
    $bucket AS bucket,
    count(*) FILTER (WHERE change = 1) AS opened,
    count(*) FILTER (WHERE change = -1) AS resolved
FROM scoped_flow
GROUP BY $bucket
ORDER BY $bucket
