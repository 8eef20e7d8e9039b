-- Every signal with the numbers of its rule, for how many customers it fires, of how many that it could judge.
-- `judged_at_all` counts these whatever the filters; none: this data cannot say.
-- :period ignored — it shows the state as of the data's last day
-- :grain signal
WITH counted AS (
    SELECT signal, CAST(sum(fires) AS BIGINT) AS fires, CAST(sum(judged) AS BIGINT) AS judged
    FROM scoped_signals
    GROUP BY signal
)
SELECT
    rules.signal, rules.weight, coalesce(counted.fires, 0) AS fires, coalesce(counted.judged, 0) AS judged, rules.judged_at_all,
    rules.recent_days, rules.usual_days, rules.fall, rules.times, rules.events, rules.floor_days, rules.cap_days, rules.score_max,
    rules.score_min, rules.risk_min, rules.value_days, rules.value_min, rules.value_share, rules.min_orders
FROM scoped_signal_rules AS rules
LEFT JOIN counted ON counted.signal = rules.signal
ORDER BY rules.place, rules.signal
