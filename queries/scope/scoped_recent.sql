-- What customers with a signal did lately, one row per customer and activity, as of the data's last day.
-- :dimensions tier, segment, region, industry
SELECT customer_id, activity, last_90, last_365, latest, tier, segment, region, industry
FROM customer_recent
