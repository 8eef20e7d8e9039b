-- The words that tell a cause, in the order of the policy's causes.
-- :grain cause, word
SELECT rules.cause, rules.word
FROM scoped_cause_rules AS rules
JOIN scoped_causes AS causes ON causes.cause = rules.cause
WHERE rules.word IS NOT NULL
ORDER BY causes.place, rules.cause, rules.word
