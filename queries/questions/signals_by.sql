-- Every signal with the numbers of its rule, for how many customers it fires, and how many could be judged at all (in the
-- whole warehouse; none: this data cannot say).
-- :period ignored — it shows the state as of the data's last day
-- :grain signal
WITH fired AS (
    SELECT signal, count(*) AS customers
    FROM scoped_signals
    GROUP BY signal
)
SELECT
    rules.signal, rules.weight, coalesce(fired.customers, 0) AS customers, rules.judged,
    rules.recent_days, rules.usual_days, rules.fall, rules.times, rules.events, rules.floor_days, rules.cap_days, rules.score_max,
    rules.score_min, rules.value_days, rules.value_min, rules.value_share, rules.min_orders
FROM scoped_signal_rules AS rules
LEFT JOIN fired ON fired.signal = rules.signal
ORDER BY rules.place
