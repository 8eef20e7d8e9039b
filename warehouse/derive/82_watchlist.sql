-- The watchlist, as of the last day of the data: signals, risk and its reasons, what is at risk, and whether to call.
CREATE TEMP TABLE last_activity AS
SELECT
    a.*, list_position(enum_range(NULL::dim_tier), t.tier) AS tier_now,
    list_position(enum_range(NULL::dim_tier), earlier.tier) AS tier_usual
FROM month_activity AS a
JOIN customer_tiers AS t ON t.number = a.number AND t.place = a.place
LEFT JOIN customer_tiers AS earlier ON earlier.number = a.number AND earlier.place = a.place - 3
WHERE a.place = (SELECT max(place) FROM ends);

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
        CASE r.reason
            WHEN 'silence' THEN a.recency_days WHEN 'detractor' THEN a.nps_days ELSE coalesce(rules.recent_days, 0)
        END::INTEGER AS days
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

-- One row per customer with any signal, or with a risk that alone is worth a call. `signals` packs the parts of the score for
-- the reader's words, the strongest first: signal:weight:now:usual:threshold:days, parted by blanks. `risk` is the probability
-- by the method that ranks the list. `standing`: at_risk (can still be kept: judged by risk), silent (churned: beyond their
-- own limit or, without one, the common one), unjudged (no cycle of their own yet). `days_left`: until they would count as
-- silent, if no order comes; NULL for who is.
CREATE TABLE customer_risks AS
WITH choice AS (
    SELECT coalesce(max(method), 'none') AS method FROM churn_models WHERE as_of = getvariable('last_day')
), risks AS (
    SELECT
        s.number, choice.method,
        CASE choice.method WHEN 'model' THEN s.model WHEN 'recency' THEN s.recency WHEN 'signals' THEN s.signals END AS risk
    FROM scored_cases AS s CROSS JOIN choice
    WHERE s.place = (SELECT max(place) FROM ends)
), scored AS (
    SELECT
        customer_id, sum(weight)::INTEGER AS score, arg_min(signal, (-weight, place)) AS strongest,
        string_agg(
            concat_ws(':', signal, weight, round(now, 2), coalesce(round(usual, 2)::VARCHAR, ''), round(threshold, 2), days),
            ' ' ORDER BY weight DESC, place
        ) AS signals
    FROM customer_signals
    GROUP BY customer_id
), lately AS (
    SELECT number, sum(net)::BIGINT / 10000 AS net
    FROM order_days
    WHERE day > getvariable('last_day') - churn_value_days()
    GROUP BY number
), valued AS (
    SELECT
        c.customer_id, coalesce(s.score, 0) AS score, coalesce(s.strongest, 'silence') AS strongest,
        coalesce(s.signals, '') AS signals, r.risk, choice.method, model_horizon_months() AS horizon_months, t.reasons,
        CASE WHEN a.churned THEN 'silent' WHEN a.gap_days IS NULL THEN 'unjudged' ELSE 'at_risk' END AS standing,
        CASE WHEN NOT a.churned THEN ceil(a.limit_days - a.recency_days)::INTEGER END AS days_left,
        c.consent,
        c.name, c.owner, c.strategic, c.is_vip, c.tier, c.segment, c.region, c.industry, c.orders, c.last_order_day,
        greatest(0, round(churn_value_share() * coalesce(o.net, 0)))::DOUBLE AS value_at_risk
    FROM dim_customer AS c
    CROSS JOIN choice
    JOIN all_customers AS k USING (customer_id)
    LEFT JOIN scored AS s USING (customer_id)
    LEFT JOIN last_activity AS a USING (number)
    LEFT JOIN risks AS r USING (number)
    LEFT JOIN reasons_told AS t USING (number)
    LEFT JOIN lately AS o USING (number)
    WHERE s.customer_id IS NOT NULL OR r.risk >= churn_risk_min()
)
SELECT
    v.*, a.action,
    (v.score >= churn_score_min() OR coalesce(v.risk >= churn_risk_min(), false)) AND v.orders >= churn_min_orders()
        AND (v.value_at_risk >= churn_value_min() OR v.strategic) AS worth_a_call
FROM valued AS v
JOIN action_of AS a ON a.signal = v.strongest AND a.tier = v.tier::VARCHAR AND a.strategic = v.strategic
ORDER BY v.risk DESC NULLS LAST, v.score DESC, v.value_at_risk DESC, v.customer_id;
