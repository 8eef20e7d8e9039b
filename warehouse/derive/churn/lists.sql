-- The lists of past month-ends with what came of them, and the watchlist of the last day with its risk and reasons.
CREATE TABLE churn_scores AS
SELECT
    k.customer_id, m.as_of, s.model AS risk, s.recency AS recency_risk, s.signals AS signal_risk,
    CASE WHEN isnan(s.outcome) THEN NULL ELSE s.outcome = 1 END AS outcome,
    t.tier, c.segment, c.region, c.industry
FROM scored_cases AS s
JOIN all_customers AS k USING (number)
JOIN month_ends AS m USING (place)
JOIN customer_tiers AS t ON t.number = s.number AND t.place = s.place
JOIN dim_customer AS c USING (customer_id)
ORDER BY s.place, s.number;

-- For each month-end: which method ranks its list and why (better, found_less, less_sure, unproven, too_few), what the models
-- learnt from, and what each method had shown by then on the past lists of list_size customers.
CREATE TABLE churn_models AS
SELECT
    m.as_of, c.method, c.why, first_end.as_of AS trained_from, last_end.as_of AS trained_until, c.rows, c.churned,
    model_horizon_months() AS horizon_months, model_list_size() AS list_size, c.listed,
    c.model_hits, c.recency_hits, c.signals_hits, c.model_brier, c.recency_brier, c.signals_brier
FROM model_choices AS c
JOIN month_ends AS m USING (place)
LEFT JOIN month_ends AS first_end ON first_end.place = c.first
LEFT JOIN month_ends AS last_end ON last_end.place = c.last
ORDER BY m.as_of;

CREATE TEMP TABLE last_activity AS
SELECT a.*, list_position(enum_range(NULL::dim_tier), t.tier) AS tier_now, list_position(enum_range(NULL::dim_tier), earlier.tier) AS tier_usual
FROM month_activity AS a
JOIN customer_tiers AS t ON t.number = a.number AND t.place = a.place
LEFT JOIN customer_tiers AS earlier ON earlier.number = a.number AND earlier.place = a.place - 3
WHERE a.place = (SELECT max(place) FROM month_ends);

-- The reasons that words can tell: the strongest that raise the risk, with the customer's own numbers. Packed like the signals,
-- reason:contribution:now:usual::days, parted by blanks; the contribution is to the log-odds.
CREATE TEMP TABLE reasons_told AS
WITH told AS (
    SELECT
        r.number, r.reason, r.contribution,
        CASE r.reason
            WHEN 'silence' THEN a.recency_days WHEN 'fewer_orders' THEN a.orders_now WHEN 'less_spend' THEN a.spend_now
            WHEN 'fewer_consultations' THEN a.consultations_now WHEN 'fewer_logins' THEN a.logins_now
            WHEN 'more_complaints' THEN a.complaints_now WHEN 'detractor' THEN a.nps_score WHEN 'breached' THEN a.late_now
            WHEN 'tier' THEN a.tier_now ELSE a.order_days
        END::DOUBLE AS now,
        CASE r.reason
            WHEN 'silence' THEN a.gap_days WHEN 'fewer_orders' THEN a.orders_usual WHEN 'less_spend' THEN a.spend_usual
            WHEN 'fewer_consultations' THEN a.consultations_usual WHEN 'fewer_logins' THEN a.logins_usual
            WHEN 'more_complaints' THEN a.complaints_usual WHEN 'tier' THEN a.tier_usual
        END::DOUBLE AS usual,
        CASE r.reason WHEN 'silence' THEN a.recency_days WHEN 'detractor' THEN a.nps_days ELSE coalesce(rules.recent_days, 0) END::INTEGER AS days
    FROM model_reasons AS r
    JOIN last_activity AS a USING (number)
    LEFT JOIN churn_rules AS rules ON rules.signal = r.reason
    WHERE r.contribution >= 0.1
)
SELECT
    number,
    string_agg(
        concat_ws(':', reason, round(contribution, 2), round(now, 2), coalesce(round(usual, 2)::VARCHAR, ''), '', days),
        ' ' ORDER BY contribution DESC, reason
    ) AS reasons
FROM told
WHERE CASE
    WHEN reason IN ('silence', 'habit') THEN true
    WHEN reason = 'detractor' THEN now <= 8
    WHEN reason = 'breached' THEN now > 0
    WHEN reason = 'more_complaints' THEN now > coalesce(usual, 0)
    WHEN reason = 'tier' THEN now <> usual
    ELSE now < usual
END
GROUP BY number;

-- standing: at_risk (can still be kept: judged), silent (already beyond their own limit), unjudged (no cycle of their own).
CREATE OR REPLACE TABLE customer_risks AS
WITH choice AS (
    SELECT coalesce(max(method), 'none') AS method FROM churn_models WHERE as_of = (SELECT max(as_of) FROM month_ends)
), scored AS (
    SELECT number, model, recency, signals AS by_signals FROM scored_cases WHERE place = (SELECT max(place) FROM month_ends)
)
SELECT
    r.*,
    CASE choice.method WHEN 'model' THEN s.model WHEN 'recency' THEN s.recency WHEN 'signals' THEN s.by_signals END AS risk,
    choice.method, t.reasons,
    CASE WHEN a.gap_days IS NULL THEN 'unjudged' WHEN a.churned THEN 'silent' ELSE 'at_risk' END AS standing
FROM customer_risks AS r
CROSS JOIN choice
JOIN all_customers AS k USING (customer_id)
LEFT JOIN last_activity AS a USING (number)
LEFT JOIN scored AS s USING (number)
LEFT JOIN reasons_told AS t USING (number)
ORDER BY risk DESC NULLS LAST, r.score DESC, r.value_at_risk DESC, r.customer_id;
