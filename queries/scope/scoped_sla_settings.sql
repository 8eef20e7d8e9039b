-- The settings of the service-level policy: the share of a target from which it was a near miss, and what reopening does.
-- :permission everyone — numbers of the policy only
SELECT near_miss, reopened
FROM sla_settings
