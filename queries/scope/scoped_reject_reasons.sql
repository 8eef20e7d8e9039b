-- Why rows were quarantined: one row per reason, without the rejected values.
-- :permission everyone — file, row number and rule, nothing about a customer
SELECT load_id, file, sha256, row_number, table_name, column_name, rule
FROM rejects
WHERE resolved_in IS NULL
