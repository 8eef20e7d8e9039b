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
    r.*, coalesce(j.judged, 0) AS judged, churn_score_min() AS score_min,
    churn_risk_min()::DOUBLE AS risk_min, churn_min_orders() AS min_orders,
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
