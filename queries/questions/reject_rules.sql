-- Quarantine by table, column and rule: reasons and the different rows they hit, the most frequent first. A row with two
-- faults counts under both.
-- :grain table_name, column_name, rule
SELECT
    table_name,
    column_name,
    rule,
    count(*) AS reasons,
    count(DISTINCT concat(load_id, ' ', sha256, ' ', file, ' ', row_number)) AS n
FROM scoped_reject_reasons
GROUP BY table_name, column_name, rule
ORDER BY n DESC, table_name, column_name NULLS LAST, rule
