-- The rules for causes that people accepted, one row per rule as it stands.
-- :permission everyone — the team's own rules
SELECT id AS entry, rule, author, cause, name, department, words, category, status, at AS written_at, begun_at
FROM accepted_rules
