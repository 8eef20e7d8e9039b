-- Signs that a customer may leave, one row per customer and signal that fires, as of the data's last day.
-- :dimensions tier, segment, region, industry
SELECT customer_id, signal, weight, now, usual, threshold, days, tier, segment, region, industry
FROM customer_signals
