-- Signs that a customer may leave, as of the last day of the data and from nothing after it. The rules and their numbers are
-- those of data/policy/churn.toml: churn_rules, and a macro for each number (silence_times(), fewer_orders_recent_days()).
CREATE TEMP MACRO last_day() AS local(as_of())::DATE;
CREATE TEMP MACRO recent(day, days) AS day > last_day() - days AND day <= last_day();
CREATE TEMP MACRO earlier(day, recent_days, usual_days) AS
    day > last_day() - recent_days - usual_days AND day <= last_day() - recent_days;
CREATE TEMP MACRO missed(state, day) AS coalesce(state IN ('breached', 'overdue') AND recent(day, breached_recent_days()), false);

-- Each source is read once, to one narrow row per customer. Cancelled orders are no orders.
CREATE TEMP TABLE order_activity AS
SELECT
    customer_id, min(day) AS first_day, max(day) AS last_order_day, count(*) AS orders,
    count(*) FILTER (recent(day, fewer_orders_recent_days())) AS orders_now,
    count(*) FILTER (earlier(day, fewer_orders_recent_days(), fewer_orders_usual_days())) AS orders_earlier,
    coalesce(sum(net) FILTER (recent(day, less_spend_recent_days())), 0) AS spend_now,
    coalesce(sum(net) FILTER (earlier(day, less_spend_recent_days(), less_spend_usual_days())), 0) AS spend_earlier,
    count(*) FILTER (earlier(day, less_spend_recent_days(), less_spend_usual_days())) AS spend_orders,
    coalesce(sum(net) FILTER (recent(day, churn_value_days())), 0) AS net_spend,
    count(*) FILTER (recent(day, 90)) AS last_90, count(*) FILTER (recent(day, 365)) AS last_365
FROM fact_orders
WHERE day <= last_day() AND status IS DISTINCT FROM 'cancelled'
GROUP BY customer_id;

-- The customer's own cycle: the median gap between days with an order.
CREATE TEMP TABLE order_gaps AS
WITH order_days AS (
    SELECT DISTINCT customer_id, day FROM fact_orders WHERE day <= last_day() AND status IS DISTINCT FROM 'cancelled'
), gaps AS (
    SELECT customer_id, day - lag(day) OVER (PARTITION BY customer_id ORDER BY day) AS gap FROM order_days
)
SELECT customer_id, median(gap) AS gap, count(gap) + 1 AS order_days FROM gaps GROUP BY customer_id;

CREATE TEMP TABLE contact_activity AS
WITH contacts AS (
    SELECT
        customer_id, day,
        direction IS DISTINCT FROM 'outbound' AND list_contains(fewer_consultations_kinds(), kind::VARCHAR) AS is_consultation,
        direction IS DISTINCT FROM 'outbound' AND list_contains(fewer_logins_kinds(), kind::VARCHAR) AS is_login
    FROM fact_interactions
    WHERE customer_id IS NOT NULL AND day <= last_day()
)
SELECT
    customer_id, min(day) AS first_day, max(day) AS latest,
    count(*) FILTER (recent(day, 90)) AS last_90, count(*) FILTER (recent(day, 365)) AS last_365,
    count(*) FILTER (is_consultation) AS consultations, count(*) FILTER (is_login) AS logins,
    min(day) FILTER (is_consultation) AS first_consultation, min(day) FILTER (is_login) AS first_login,
    count(*) FILTER (is_consultation AND recent(day, fewer_consultations_recent_days())) AS consultations_now,
    count(*) FILTER (
        is_consultation AND earlier(day, fewer_consultations_recent_days(), fewer_consultations_usual_days())
    ) AS consultations_earlier,
    count(*) FILTER (is_login AND recent(day, fewer_logins_recent_days())) AS logins_now,
    count(*) FILTER (is_login AND earlier(day, fewer_logins_recent_days(), fewer_logins_usual_days())) AS logins_earlier
FROM contacts
GROUP BY customer_id;

CREATE TEMP VIEW ticket_verdicts AS
SELECT ticket_id, true AS with_target, bool_or(missed(state, due_day)) AS late
FROM fact_clocks
WHERE state <> 'none'
GROUP BY ticket_id;

CREATE TEMP TABLE ticket_activity AS
SELECT
    customer_id, min(opened_day) AS first_day, max(opened_day) AS latest,
    count(*) FILTER (recent(opened_day, 90)) AS last_90, count(*) FILTER (recent(opened_day, 365)) AS last_365,
    count(*) FILTER (kind = 'complaint') AS complaints, max(opened_day) FILTER (kind = 'complaint') AS latest_complaint,
    count(*) FILTER (kind = 'complaint' AND recent(opened_day, 90)) AS complaints_90,
    count(*) FILTER (kind = 'complaint' AND recent(opened_day, 365)) AS complaints_365,
    min(opened_day) FILTER (kind = 'complaint') AS first_complaint,
    count(*) FILTER (kind = 'complaint' AND recent(opened_day, more_complaints_recent_days())) AS complaints_now,
    count(*) FILTER (
        kind = 'complaint' AND earlier(opened_day, more_complaints_recent_days(), more_complaints_usual_days())
    ) AS complaints_earlier,
    count(*) FILTER (v.with_target) AS with_target, count(*) FILTER (v.late) AS late
FROM fact_tickets
LEFT JOIN ticket_verdicts AS v USING (ticket_id)
WHERE customer_id IS NOT NULL AND opened_day <= last_day()
GROUP BY customer_id;

CREATE TEMP TABLE latest_nps AS
SELECT customer_id, arg_max(score, (coalesce(answered_at, sent_at), survey_id)) AS score, max(day) AS day
FROM fact_surveys
WHERE kind = 'nps' AND score IS NOT NULL AND customer_id IS NOT NULL AND day <= last_day()
GROUP BY customer_id;

-- Since when a customer is known, by whatever they did first.
CREATE TEMP TABLE first_seen AS
SELECT customer_id, min(first_day) AS first_day
FROM (
    SELECT customer_id, first_day FROM order_activity
    UNION ALL SELECT customer_id, first_day FROM contact_activity
    UNION ALL SELECT customer_id, first_day FROM ticket_activity
)
GROUP BY customer_id;

-- Now and earlier of the signals that compare the two, and how many events the usual rests on; only where there were any.
CREATE TEMP TABLE activity AS
SELECT customer_id, 'fewer_orders' AS signal, orders_now AS now, orders_earlier AS earlier, orders_earlier AS events, first_day AS began
FROM order_activity
UNION ALL
SELECT customer_id, 'less_spend', spend_now, spend_earlier, spend_orders, first_day FROM order_activity
UNION ALL
SELECT customer_id, 'fewer_consultations', consultations_now, consultations_earlier, consultations_earlier, first_consultation
FROM contact_activity WHERE consultations > 0
UNION ALL
SELECT customer_id, 'fewer_logins', logins_now, logins_earlier, logins_earlier, first_login
FROM contact_activity WHERE logins > 0
UNION ALL
SELECT customer_id, 'more_complaints', complaints_now, complaints_earlier, complaints_now, first_complaint
FROM ticket_activity WHERE complaints > 0;

-- Every customer that a signal can judge: the value now, the usual one, the limit between them, and the days that now spans.
CREATE TEMP TABLE judged AS
WITH begun AS (
    SELECT signal, min(began) AS began FROM activity GROUP BY signal
), known AS (
    SELECT
        a.customer_id, a.signal, a.now::DOUBLE AS now, a.earlier::DOUBLE AS earlier, a.events, r.*  EXCLUDE (signal),
        least(r.usual_days, last_day() - r.recent_days::INTEGER - greatest(f.first_day, b.began) + 1) AS known_days
    FROM activity AS a
    JOIN churn_rules AS r USING (signal)
    JOIN begun AS b USING (signal)
    JOIN first_seen AS f USING (customer_id)
), compared AS (
    SELECT *, earlier * recent_days / known_days AS usual FROM known WHERE known_days >= recent_days
)
SELECT
    customer_id, signal, now, usual,
    CASE WHEN "drop" IS NULL THEN greatest(least, times * usual) ELSE (1 - "drop") * usual END AS threshold,
    recent_days AS days,
    events >= least AND CASE WHEN "drop" IS NULL THEN now >= times * usual ELSE now <= (1 - "drop") * usual END AS fires
FROM compared
UNION ALL
SELECT *, now AS days, now > threshold AS fires
FROM (
    SELECT
        customer_id, 'silence' AS signal, (last_day() - last_order_day)::DOUBLE AS now, gap AS usual,
        least(greatest(silence_times() * gap, silence_floor_days()), silence_cap_days()) AS threshold
    FROM order_activity JOIN order_gaps USING (customer_id)
    WHERE order_days >= silence_least()
)
UNION ALL
SELECT
    customer_id, 'detractor', score, NULL, detractor_score_max(), last_day() - day,
    score <= detractor_score_max() AND recent(day, detractor_recent_days())
FROM latest_nps
UNION ALL
SELECT customer_id, 'breached', late, NULL, breached_least(), breached_recent_days(), late >= breached_least()
FROM ticket_activity
WHERE with_target > 0;

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
), valued AS (
    SELECT
        s.*, c.name, c.owner, c.strategic, c.is_vip, c.tier, c.segment, c.region, c.industry,
        coalesce(o.orders, 0) AS orders, o.last_order_day,
        greatest(0, round(churn_value_share() * coalesce(o.net_spend, 0)))::DOUBLE AS value_at_risk
    FROM scored AS s
    JOIN dim_customer AS c USING (customer_id)
    LEFT JOIN order_activity AS o USING (customer_id)
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
    SELECT customer_id, 'orders' AS activity, last_90, last_365, last_order_day AS latest FROM order_activity
    UNION ALL
    SELECT customer_id, 'tickets', last_90, last_365, latest FROM ticket_activity
    UNION ALL
    SELECT customer_id, 'complaints', complaints_90, complaints_365, latest_complaint FROM ticket_activity WHERE complaints > 0
    UNION ALL
    SELECT customer_id, 'contacts', last_90, last_365, latest FROM contact_activity
)
SELECT d.*, r.tier, r.segment, r.region, r.industry
FROM done AS d
JOIN customer_risks AS r USING (customer_id)
ORDER BY customer_id, activity;
