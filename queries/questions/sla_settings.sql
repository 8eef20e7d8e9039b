-- What the service-level policy says beside its rules: from which share of a target on a clock nearly missed it.
-- :grain near_miss
SELECT near_miss
FROM scoped_sla_settings
