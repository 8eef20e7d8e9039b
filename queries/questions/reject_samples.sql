-- Quarantined rows with file, row number, value and reason, the latest load first; `total` counts all reasons.
-- :param rule text = null — only this rule
-- :param table_name text = null — only rows meant for this table
-- :param column_name text = null — only faults in this column
-- :param limit int = 200 — at most so many rows
-- :grain load_id, sha256, file, row_number, column_name, rule
SELECT
    load_id, file, row_number, table_name, column_name, value, rule, detail, raw, sha256, count(*) OVER () AS total
FROM scoped_rejects
WHERE chosen(rule, $rule) AND chosen(table_name, $table_name) AND chosen(column_name, $column_name)
ORDER BY load_id DESC, file, row_number, column_name NULLS FIRST, rule, sha256
LIMIT $limit
