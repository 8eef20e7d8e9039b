-- What a customer must have at the period's last month-end for a score of 2 to 5: days since the last order at most,
-- orders at least, and revenue above, in the policy's window and of all time.
-- :grain score
SELECT score, recency_days_at_most, orders_at_least, spend_above, past_value_above
FROM scoped_score_cuts
WHERE day = (SELECT max(day) FROM scoped_month_ends)
ORDER BY score
