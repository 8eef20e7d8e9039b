-- Customers to care for, one row per customer and list, as of the data's last day; the period does not apply.
-- :dimensions tier, segment, region, industry
-- :personal customer_name
SELECT
    customer_id, care, name AS customer_name, owner, event_on, days_ahead, years, answered_on, score, last_contact_on, days_since,
    is_late, touches, allowed, may_contact, place, is_vip, tier, segment, region, industry
FROM customer_care
