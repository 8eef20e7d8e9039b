-- The rules that fit one ticket, in the version of the policy in force on the day it was opened: the one that applies first,
-- then those it is more specific than. What a rule asks for stands in lists joined by “|”; `versions` counts the policy's.
-- :period ignored — a ticket is shown whole
-- :param ticket text = null — which; none when it is not given
-- :grain rule
SELECT
    rules.rule, rules.name AS sla_rule, rules.version_from, rules.vip, rules.clock,
    array_to_string(rules.kinds, '|') AS kinds,
    array_to_string(rules.tiers, '|') AS tiers,
    array_to_string(rules.priorities, '|') AS priorities,
    array_to_string(rules.channels, '|') AS channels,
    rules.response_seconds, rules.response_working_days, rules.feedback_seconds, rules.feedback_working_days,
    rules.resolution_seconds, rules.resolution_working_days,
    (SELECT count(DISTINCT version_from) FROM scoped_sla_rules) AS versions
FROM scoped_ticket_facts AS facts
JOIN scoped_sla_rules AS rules
    ON facts.opened_day >= rules.version_from
    AND (rules.version_until IS NULL OR facts.opened_day <= rules.version_until)
WHERE
    facts.ticket_id = CAST($ticket AS VARCHAR)
    AND (array_length(rules.kinds) = 0 OR list_contains(rules.kinds, CAST(facts.kind AS VARCHAR)))
    AND (array_length(rules.tiers) = 0 OR list_contains(rules.tiers, CAST(facts.judged_tier AS VARCHAR)))
    AND (array_length(rules.priorities) = 0 OR list_contains(rules.priorities, CAST(facts.priority AS VARCHAR)))
    AND (array_length(rules.channels) = 0 OR list_contains(rules.channels, CAST(facts.channel AS VARCHAR)))
    AND (rules.vip IS NULL OR rules.vip = facts.judged_vip)
ORDER BY rules.rule
