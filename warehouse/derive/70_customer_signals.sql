-- Signs that a customer may leave, as of the last day of the data: the last month-end's rows of 55_month_activity.sql, which
-- judges every month-end by the rules of data/policy/churn.toml. Each sign that can be judged of a customer gets a row: the
-- value now, the usual one, the limit between them, and the days that now spans.
CREATE TEMP TABLE judged AS
WITH today AS (
    SELECT k.customer_id, a.*
    FROM month_activity AS a JOIN all_customers AS k USING (number)
    WHERE a.place = (SELECT max(place) FROM ends)
), told AS (
    SELECT
        customer_id, 'silence' AS signal, recency_days::DOUBLE AS now, silence_usual AS usual, silence_limit AS "limit",
        recency_days AS days, fires_silence AS fires
    FROM today
    UNION ALL
    SELECT customer_id, 'fewer_orders', orders_now, orders_usual, NULL, NULL, fires_fewer_orders FROM today
    UNION ALL
    SELECT customer_id, 'less_spend', spend_now, spend_usual, NULL, NULL, fires_less_spend FROM today
    UNION ALL
    SELECT customer_id, 'fewer_consultations', consultations_now, consultations_usual, NULL, NULL, fires_fewer_consultations
    FROM today
    UNION ALL
    SELECT customer_id, 'fewer_logins', logins_now, logins_usual, NULL, NULL, fires_fewer_logins FROM today
    UNION ALL
    SELECT customer_id, 'more_complaints', complaints_now, complaints_usual, NULL, NULL, fires_more_complaints FROM today
    UNION ALL
    SELECT customer_id, 'detractor', nps_score, NULL, detractor_score_max(), nps_days, fires_detractor FROM today
    UNION ALL
    SELECT customer_id, 'breached', late_now, NULL, breached_least(), NULL, fires_breached FROM today
)
SELECT
    t.customer_id, t.signal, t.now, t.usual,
    coalesce(t."limit", CASE WHEN r."drop" IS NULL THEN greatest(r.least, r.times * t.usual) ELSE (1 - r."drop") * t.usual END)
        AS threshold,
    coalesce(t.days, r.recent_days) AS days, t.fires
FROM told AS t
JOIN churn_rules AS r USING (signal)
WHERE t.fires IS NOT NULL;

-- The rules as they stood at this load; `judged` counts the customers of whom the data says enough, 0 = cannot be computed.
CREATE TABLE signal_rules AS
SELECT
    r.*, coalesce(j.judged, 0) AS judged, churn_score_min() AS score_min, churn_min_orders() AS min_orders,
    churn_value_min()::DOUBLE AS value_min, churn_value_days() AS value_days, churn_value_share()::DOUBLE AS value_share
FROM churn_rules AS r
LEFT JOIN (SELECT signal, count(*) AS judged FROM judged GROUP BY signal) AS j USING (signal)
ORDER BY place;

CREATE TABLE signal_counts AS
SELECT
    j.signal, c.tier, c.segment, c.region, c.industry,
    count(*) AS judged, count(*) FILTER (j.fires AND r.weight > 0) AS fires
FROM judged AS j
JOIN churn_rules AS r USING (signal)
JOIN dim_customer AS c USING (customer_id)
GROUP BY ALL;

CREATE TABLE customer_signals AS
SELECT
    j.customer_id, j.signal, r.place, r.weight, j.now, j.usual, j.threshold, j.days::INTEGER AS days,
    c.tier, c.segment, c.region, c.industry
FROM judged AS j
JOIN churn_rules AS r USING (signal)
JOIN dim_customer AS c USING (customer_id)
WHERE j.fires AND r.weight > 0
ORDER BY j.customer_id, r.place;

-- One row per customer with any signal. `signals` packs the parts of the score for the reader's words, the strongest first:
-- signal:weight:now:usual:threshold:days, parted by blanks.
CREATE TABLE customer_risks AS
WITH scored AS (
    SELECT
        customer_id, sum(weight)::INTEGER AS score, arg_min(signal, (-weight, place)) AS strongest,
        string_agg(
            concat_ws(':', signal, weight, round(now, 2), coalesce(round(usual, 2)::VARCHAR, ''), round(threshold, 2), days),
            ' ' ORDER BY weight DESC, place
        ) AS signals
    FROM customer_signals
    GROUP BY customer_id
), lately AS (
    SELECT k.customer_id, sum(d.net)::BIGINT / 10000 AS net
    FROM order_days AS d JOIN all_customers AS k USING (number)
    WHERE d.day > getvariable('last_day') - churn_value_days()
    GROUP BY k.customer_id
), valued AS (
    SELECT
        s.*, c.name, c.owner, c.strategic, c.is_vip, c.tier, c.segment, c.region, c.industry,
        c.orders, c.last_order_day, greatest(0, round(churn_value_share() * coalesce(o.net, 0)))::DOUBLE AS value_at_risk
    FROM scored AS s
    JOIN dim_customer AS c USING (customer_id)
    LEFT JOIN lately AS o USING (customer_id)
)
SELECT
    v.*, a.action,
    v.score >= churn_score_min() AND v.orders >= churn_min_orders()
        AND (v.value_at_risk >= churn_value_min() OR v.strategic) AS worth_a_call
FROM valued AS v
JOIN action_of AS a ON a.signal = v.strongest AND a.tier = v.tier::VARCHAR AND a.strategic = v.strategic
ORDER BY v.score DESC, v.value_at_risk DESC, v.customer_id;

-- What customers with a signal did lately, beside it: one row per customer and activity.
CREATE TABLE customer_recent AS
WITH done AS (
    SELECT number, 'orders' AS activity, day, orders AS n FROM order_days
    UNION ALL SELECT number, 'tickets', day, tickets FROM ticket_days
    UNION ALL SELECT number, 'complaints', day, complaints FROM ticket_days WHERE complaints > 0
    UNION ALL SELECT number, 'contacts', day, contacts FROM contact_days
)
SELECT
    r.customer_id, d.activity,
    coalesce(sum(d.n) FILTER (d.day > getvariable('last_day') - 90), 0)::BIGINT AS last_90,
    coalesce(sum(d.n) FILTER (d.day > getvariable('last_day') - 365), 0)::BIGINT AS last_365,
    max(d.day) AS latest, r.tier, r.segment, r.region, r.industry
FROM done AS d
JOIN all_customers AS k USING (number)
JOIN customer_risks AS r USING (customer_id)
GROUP BY ALL
ORDER BY r.customer_id, d.activity;
