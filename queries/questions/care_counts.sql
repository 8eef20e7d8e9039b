-- Each care list in numbers: whom to approach, how many of them are late, and how many are left out for want of their consent
-- or because their day is past; with the policy's numbers, and whether this data can tell who belongs on the list.
-- :period ignored — it shows the state as of the data's last day
-- :param owner text = null — only customers of this owner
-- :param today date = null — the reader's day: a birthday or anniversary before it is past
-- :grain care
SELECT
    rules.care, rules.days, rules.most, rules.core, rules.growth, rules.dormant, rules.standard, rules.judged, rules.with_consent,
    count(care.customer_id) FILTER (WHERE care.may_contact AND coalesce(care.event_on >= CAST($today AS DATE), TRUE)) AS customers,
    count(care.customer_id) FILTER (WHERE care.may_contact AND care.is_late) AS late,
    count(care.customer_id) FILTER (WHERE care.may_contact AND care.event_on < CAST($today AS DATE)) AS past,
    count(care.customer_id) FILTER (WHERE NOT care.may_contact) AS withheld
FROM scoped_care_rules AS rules
LEFT JOIN scoped_care AS care ON care.care = rules.care AND chosen(care.owner, $owner)
GROUP BY
    rules.place, rules.care, rules.days, rules.most, rules.core, rules.growth, rules.dormant, rules.standard, rules.judged,
    rules.with_consent
ORDER BY rules.place, rules.care
