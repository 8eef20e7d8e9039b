-- Quarantined rows that no later load has put right, with the value and the whole row as it came. A rejected row belongs to no department or
-- region, so viewers limited to some see none.
-- :personal value, detail, raw
SELECT load_id, file, sha256, row_number, table_name, column_name, value, rule, detail, raw
FROM rejects
WHERE resolved_in IS NULL
