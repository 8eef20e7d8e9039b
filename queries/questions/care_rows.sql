-- Customers of one care list whom one may approach, in the order in which to take them, with where outreach to them stands;
-- `total` counts them all.
-- :period ignored — it shows the state as of the data's last day
-- :param care one of detractor, promoter, birthday, anniversary, untouched, over_contact — which list
-- :param owner text = null — only customers of this owner
-- :param today date = null — the reader's day: a birthday or anniversary before it is past
-- :param limit int = 200 — at most so many rows
-- :grain customer_id
SELECT
    care.is_vip, care.customer_name, care.customer_id, care.tier, care.owner, care.event_on, care.days_ahead, care.years,
    care.score AS nps_score, care.answered_on, care.touches, care.last_contact_on, care.days_since, care.allowed, care.is_late,
    written.outreach_status, care.segment, care.region, care.industry, count(*) OVER () AS total
FROM scoped_care AS care
LEFT JOIN scoped_outreach AS written ON written.customer_id = care.customer_id
WHERE
    care.care = $care AND care.may_contact AND chosen(care.owner, $owner)
    AND coalesce(care.event_on >= CAST($today AS DATE), TRUE)
ORDER BY care.place, care.customer_id
LIMIT $limit
