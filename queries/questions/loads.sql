-- Loads, the latest first, one row per file: what was read, accepted, quarantined, new, replaced and unchanged.
-- :param limit int = 200 — at most so many rows
-- :grain load_id, file, table_name
SELECT
    load_id, local_time(loaded_at) AS loaded_at, file, mapping, table_name, encoding, encoding_guessed, rows_read,
    rows_accepted, rows_quarantined, rows_new, rows_replaced, rows_unchanged, seconds, sha256
FROM scoped_loads
ORDER BY loaded_at DESC, load_id, file, table_name
LIMIT $limit
