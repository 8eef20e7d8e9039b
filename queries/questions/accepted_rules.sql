-- The rules that people accepted and that stand, the latest first; `n` counts the complaints of the period that have the rule's
-- cause by accepted rules. Times are the team's clock.
-- :grain rule
WITH covered AS (SELECT cause, count(*) AS n FROM scoped_complaints WHERE cause_by = 'accepted' GROUP BY cause)
SELECT
    rules.rule, rules.entry, rules.cause, rules.name, rules.department, rules.words, rules.category, rules.author,
    local_time(rules.written_at) AS written_at, coalesce(covered.n, 0) AS n
FROM scoped_accepted_rules AS rules
LEFT JOIN covered ON covered.cause = rules.cause
WHERE rules.status = 'accepted'
ORDER BY rules.entry DESC, rules.rule
