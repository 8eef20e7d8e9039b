-- Every load that was run, one row per file.
-- :permission everyone — counts of rows, nothing about a customer
SELECT
    load_id, loaded_at, file, sha256, mapping, table_name, encoding, encoding_guessed, rows_read, rows_accepted,
    rows_quarantined, rows_new, rows_replaced, rows_unchanged, seconds
FROM ledger
