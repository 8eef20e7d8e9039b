-- The rules of the service-level policy as they were read at the load: each version's, the most specific first.
-- :permission everyone — the policy only
SELECT
    rule, version_from, version_until, name, vip, clock, kinds, tiers, priorities, channels,
    response_seconds, response_working_days, feedback_seconds, feedback_working_days, resolution_seconds,
    resolution_working_days
FROM sla_rules
