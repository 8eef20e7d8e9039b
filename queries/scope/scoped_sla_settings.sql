-- The service-level policy beside its rules.
-- :permission everyone — policy only
SELECT near_miss, reopened
FROM sla_settings
