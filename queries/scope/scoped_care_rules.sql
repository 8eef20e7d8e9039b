-- What each care list asks, by the policy as it stood at the load, and whether the data can tell who belongs on it.
-- :permission everyone — a policy, nothing about a customer
SELECT place, care, days, most, core, growth, dormant, standard, judged, with_consent
FROM care_rules
