-- Customers to care for, as of the last day of the data and from nothing after it; the rules are those of data/policy/care.toml.
CREATE TEMP MACRO care_day() AS local(as_of())::DATE;

-- The day in year y on which a day comes round again: added years move 29 February back to the 28th, added days on to 1 March.
CREATE TEMP MACRO in_year(day, y) AS CASE
    WHEN care_leap_forward() THEN make_date(y, month(day), 1) + (day(day) - 1)::INTEGER
    ELSE (day + to_years((y - year(day))::INTEGER))::DATE
END;
CREATE TEMP MACRO comes_round(day) AS CASE
    WHEN in_year(day, year(care_day())) >= care_day() THEN in_year(day, year(care_day()))
    ELSE in_year(day, year(care_day()) + 1)
END;

-- What we started: every touch and try. `spoke`: it reached the customer and was meant for them.
CREATE TEMP TABLE touches AS
SELECT
    customer_id, happened_at, day,
    connected IS DISTINCT FROM false AND NOT coalesce(list_contains(care_impersonal(), kind::VARCHAR), false) AS spoke
FROM fact_interactions
WHERE direction = 'outbound' AND customer_id IS NOT NULL AND day <= care_day();

CREATE TEMP TABLE spoken_to AS
SELECT
    customer_id, max(happened_at) FILTER (spoke) AS spoke_at, max(day) FILTER (spoke) AS spoke_on, max(day) AS latest_on,
    count(*) FILTER (day > care_day() - care_over_contact_days()) AS touches
FROM touches
GROUP BY customer_id;

CREATE TEMP TABLE latest_answers AS
SELECT
    customer_id, arg_max(score, (answered, survey_id)) AS score, max(answered) AS answered_at, max(day) AS answered_on
FROM (
    SELECT customer_id, survey_id, score, day, coalesce(answered_at, sent_at) AS answered
    FROM fact_surveys
    WHERE kind = 'nps' AND score IS NOT NULL AND customer_id IS NOT NULL AND day <= care_day()
)
GROUP BY customer_id;

CREATE TEMP TABLE care_cases AS
WITH known AS (
    SELECT
        c.customer_id, c.tier, k.since, b.birthday, coalesce(c.signed_up_on, c.first_order_day) AS began,
        t.spoke_at, t.spoke_on, t.latest_on, coalesce(t.touches, 0) AS touches, a.score, a.answered_at, a.answered_on,
        care_day() - a.answered_on AS answer_age, care_day() - coalesce(t.spoke_on, k.since) AS untouched_days,
        care_allowed_days(c.tier::VARCHAR) AS allowed_days
    FROM dim_customer AS c
    JOIN all_customers AS k USING (customer_id)
    LEFT JOIN customers AS b USING (customer_id)
    LEFT JOIN spoken_to AS t USING (customer_id)
    LEFT JOIN latest_answers AS a USING (customer_id)
), unanswered AS (
    SELECT * FROM known WHERE spoke_at IS NULL OR spoke_at <= answered_at
), opened AS (
    SELECT customer_id, max(opened_at) AS opened_at FROM fact_tickets WHERE opened_day <= care_day() GROUP BY customer_id
)
SELECT customer_id, 'birthday' AS care, comes_round(birthday) AS event_on FROM known WHERE birthday <= care_day()
UNION ALL BY NAME
SELECT customer_id, 'anniversary' AS care, comes_round(began) AS event_on, year(comes_round(began)) - year(began) AS years
FROM known WHERE began < care_day() AND year(comes_round(began)) > year(began)
UNION ALL BY NAME
SELECT customer_id, 'promoter' AS care, answered_on, score, spoke_on AS last_contact_on, answer_age AS days_since
FROM unanswered
WHERE score >= 9 AND answer_age <= care_promoter_recent_days()
UNION ALL BY NAME
SELECT
    customer_id, 'detractor' AS care, answered_on, score, spoke_on AS last_contact_on, answer_age AS days_since,
    answer_age > care_detractor_overdue_days() AS is_late
FROM unanswered
LEFT JOIN opened AS o USING (customer_id)
WHERE score <= 6 AND answer_age <= care_detractor_recent_days() AND (o.opened_at IS NULL OR o.opened_at <= answered_at)
UNION ALL BY NAME
SELECT customer_id, 'untouched' AS care, spoke_on AS last_contact_on, untouched_days AS days_since, allowed_days AS allowed
FROM known
WHERE untouched_days > allowed_days AND (SELECT bool_or(spoke) FROM touches)
UNION ALL BY NAME
SELECT customer_id, 'over_contact' AS care, latest_on AS last_contact_on, touches::INTEGER AS touches, care_over_contact_most() AS allowed
FROM known
WHERE touches > care_over_contact_most();

-- One row per customer and list. `place` is the order in which to take them. Without consent nobody is courted
-- (`may_contact`); where consent is not recorded of anybody, nothing is withheld.
CREATE TABLE customer_care AS
SELECT
    w.customer_id, w.care::dim_care AS care, c.name, c.owner, w.event_on, w.event_on - care_day() AS days_ahead,
    w.years::INTEGER AS years, w.answered_on, w.score, w.last_contact_on, w.days_since, w.is_late, w.touches, w.allowed,
    w.care IN ('detractor', 'over_contact')
        OR coalesce(c.consent, (SELECT count(consent) = 0 FROM customers)) AS may_contact,
    (row_number() OVER (
        PARTITION BY w.care
        ORDER BY
            w.event_on, NOT c.is_vip,
            CASE w.care WHEN 'promoter' THEN w.days_since WHEN 'over_contact' THEN -w.touches
                ELSE coalesce(w.allowed, 0) - w.days_since END,
            w.customer_id
    ))::INTEGER AS place,
    c.is_vip, c.tier, c.segment, c.region, c.industry
FROM care_cases AS w
JOIN dim_customer AS c USING (customer_id)
WHERE w.event_on IS NULL OR w.event_on - care_day() <= care_ahead_days()
ORDER BY care, place;

-- The rules as they stood at this load, and whether the data can tell who belongs on the list.
CREATE TABLE care_rules AS
SELECT
    *,
    CASE care
        WHEN 'birthday' THEN (SELECT count(birthday) > 0 FROM customers)
        WHEN 'anniversary' THEN (SELECT count(coalesce(signed_up_on, first_order_day)) > 0 FROM dim_customer)
        WHEN 'untouched' THEN coalesce((SELECT bool_or(spoke) FROM touches), false)
        WHEN 'over_contact' THEN (SELECT count(*) > 0 FROM touches)
        ELSE (SELECT count(*) > 0 FROM latest_answers)
    END AS judged,
    (SELECT count(consent) > 0 FROM customers) AS with_consent,
    care_impersonal() AS impersonal
FROM care_policy
ORDER BY place;
