-- What a customer must have at a month-end for a score of 2 to 5.
-- :period day
-- :permission everyone — limits drawn over all customers, nothing about one
SELECT as_of AS day, score, recency_days_at_most, orders_at_least, spend_above, past_value_above
FROM score_cuts
