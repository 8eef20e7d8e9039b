-- What the model may look at: one row per customer with a cycle of their own and month-end at which they had not left, from
-- nothing later than that day. `outcome`: had they left by the month-end so many months later? Empty while that month is not
-- over. Amounts against the customer's usual ones are changes from -1 (none any more) to 1; 0 where there is no usual one.
CREATE TEMP MACRO change_of(now, usual) AS
    CASE WHEN now + usual > 0 THEN (now - usual) / (now + usual) ELSE 0 END::DOUBLE;
CREATE TEMP MACRO size_of(value) AS ln(1 + greatest(coalesce(value, 0), 0))::DOUBLE;
CREATE TEMP MACRO horizon_days(month, day) AS last_day((month + to_months(model_horizon_months()))::DATE) - day;

CREATE TEMP VIEW churn_cases AS
SELECT
    a.number, a.place, hash(k.customer_id) AS draw,
    CASE WHEN later_month.whole THEN later.churned::DOUBLE END AS outcome,
    ln((a.recency_days + 1) / (a.gap_days + 1))::DOUBLE AS silence_in_gaps,
    (a.recency_days / a.limit_days)::DOUBLE AS silence_used,
    (a.recency_days + horizon_days(m.month, m.as_of) > a.limit_days)::INTEGER::DOUBLE AS silence_may_end,
    least(greatest((a.recency_days + horizon_days(m.month, m.as_of) - a.limit_days) / 100, 0), 1)::DOUBLE AS silence_beyond,
    size_of(a.gap_days) AS silence_gap,
    change_of(a.orders_now, a.orders_usual) AS orders_change,
    size_of(a.orders_now) AS orders_now,
    size_of(a.orders_usual) AS orders_usual,
    (a.orders_usual IS NULL)::INTEGER::DOUBLE AS orders_new,
    change_of(a.spend_now, a.spend_usual) AS spend_change,
    change_of(a.consultations_now, a.consultations_usual) AS consultations_change,
    (a.consultations_usual IS NULL)::INTEGER::DOUBLE AS consultations_unknown,
    change_of(a.logins_now, a.logins_usual) AS logins_change,
    size_of(a.logins_now) AS logins_now,
    (a.logins_usual IS NULL)::INTEGER::DOUBLE AS logins_unknown,
    change_of(a.complaints_now, a.complaints_usual) AS complaints_change,
    size_of(a.complaints_now) AS complaints_now,
    size_of(a.late_now) AS late_now,
    coalesce(a.nps_score - 8, 0)::DOUBLE AS nps_score,
    (a.nps_score IS NULL)::INTEGER::DOUBLE AS nps_unknown,
    (t.tier = 'core')::INTEGER::DOUBLE AS tier_core,
    (t.tier = 'growth')::INTEGER::DOUBLE AS tier_growth,
    (t.tier = 'dormant')::INTEGER::DOUBLE AS tier_dormant,
    coalesce((earlier.tier = 'core')::INTEGER, 0)::DOUBLE AS tier_was_core,
    coalesce((earlier.tier = 'growth')::INTEGER, 0)::DOUBLE AS tier_was_growth,
    coalesce((earlier.tier = 'dormant')::INTEGER, 0)::DOUBLE AS tier_was_dormant,
    size_of(a.known_days) AS habit_known,
    size_of(a.order_days) AS habit_order_days,
    a.signal_score::DOUBLE AS signal_score
FROM month_activity AS a
JOIN month_ends AS m USING (place)
JOIN all_customers AS k USING (number)
JOIN customer_tiers AS t ON t.number = a.number AND t.place = a.place
LEFT JOIN customer_tiers AS earlier ON earlier.number = a.number AND earlier.place = a.place - 3
LEFT JOIN month_activity AS later ON later.number = a.number AND later.place = a.place + model_horizon_months()
LEFT JOIN month_ends AS later_month ON later_month.place = later.place
WHERE a.gap_days IS NOT NULL AND NOT a.churned;
