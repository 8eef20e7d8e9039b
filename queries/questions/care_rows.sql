-- Customers of one care list whom one may approach, in the order in which to take them; `total` counts them all.
-- :period ignored — it shows the state as of the data's last day
-- :param care one of detractor, promoter, birthday, anniversary, untouched, over_contact — which list
-- :param owner text = null — only customers of this owner
-- :param limit int = 200 — at most so many rows
-- :grain customer_id
SELECT
    is_vip, customer_name, customer_id, tier, owner, event_on, days_ahead, years, score AS nps_score, answered_on, touches,
    last_contact_on, days_since, allowed, is_late, segment, region, industry, count(*) OVER () AS total
FROM scoped_care
WHERE care = $care AND may_contact AND chosen(owner, $owner)
ORDER BY place
LIMIT $limit
