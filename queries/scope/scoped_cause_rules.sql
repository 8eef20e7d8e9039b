-- What tells a cause: a category, a word or a touchpoint, one a row.
-- :permission everyone — the team's own policy
SELECT cause, category, word, touchpoint
FROM cause_rules
