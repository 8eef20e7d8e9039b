-- Every customer at every month-end: tier, stage of their life with us, health, tags, value and signs of leaving, from nothing
-- later than that day. Stages and tags follow data/policy/lifecycle.toml, health follows data/policy/health.toml: a macro for
-- each number. Region, segment, industry, persona and the margin count for the past as they are now.

-- The channel that customers used most up to each month-end to get in touch; logins aside. Counts only grow, so the highest
-- so far belongs to the leader of the day; of equal ones the last by name leads.
CREATE TEMP TABLE preferences AS
SELECT number, place, max(leader).channel AS channel
FROM (
    SELECT number, place, max({'n': n, 'channel': channel}) OVER (PARTITION BY number ORDER BY place) AS leader
    FROM (
        SELECT number, place, channel, sum(n) OVER (PARTITION BY number, channel ORDER BY place) AS n
        FROM (
            SELECT number, month_place(day) AS place, channel, sum(n) AS n
            FROM (
                SELECT number, day, channel, contacts - touches - logins AS n FROM contact_days
                UNION ALL SELECT number, day, channel, tickets FROM ticket_days
            )
            WHERE channel IS NOT NULL AND n > 0 AND day IS NOT NULL
            GROUP BY ALL
        )
    )
)
GROUP BY ALL;

CREATE TEMP MACRO points(share) AS
    CASE WHEN share IS NOT NULL THEN round(100 * least(1, greatest(0, share)))::SMALLINT END;
CREATE TEMP MACRO share_of(now, usual) AS CASE WHEN usual > 0 THEN least(1, now / usual) END;
CREATE TEMP MACRO weighed(points, weight) AS coalesce(points * weight, 0);
CREATE TEMP MACRO weight_of(points, weight) AS CASE WHEN points IS NOT NULL THEN weight ELSE 0 END;

CREATE TEMP TABLE month_health AS
WITH parts AS (
    SELECT
        number, place,
        (CASE
            WHEN churned THEN 0
            WHEN recency_days <= gap_days THEN 100
            ELSE points((limit_days - recency_days) / (limit_days - coalesce(gap_days, 0)))
        END)::SMALLINT AS activity,
        points(share_of(spend_now, spend_usual)) AS spend,
        points(list_avg([share_of(consultations_now, consultations_usual), share_of(logins_now, logins_usual)])) AS engagement,
        CASE WHEN has_tickets THEN
            points(1 - (late_now * health_service_late_points() + complaints_now * health_service_complaint_points()) / 100)
        END AS service,
        points(nps_score / 10) AS voice
    FROM month_activity
), weights AS (
    SELECT
        *,
        weighed(activity, health_weights_activity()) + weighed(spend, health_weights_spend())
            + weighed(engagement, health_weights_engagement()) + weighed(service, health_weights_service())
            + weighed(voice, health_weights_voice()) AS points,
        weight_of(activity, health_weights_activity()) + weight_of(spend, health_weights_spend())
            + weight_of(engagement, health_weights_engagement()) + weight_of(service, health_weights_service())
            + weight_of(voice, health_weights_voice()) AS weight,
        (activity IS NOT NULL)::INTEGER + (spend IS NOT NULL)::INTEGER + (engagement IS NOT NULL)::INTEGER
            + (service IS NOT NULL)::INTEGER + (voice IS NOT NULL)::INTEGER AS judged
    FROM parts
)
SELECT
    number, place, activity, spend, engagement, service, voice,
    CASE WHEN judged >= health_general_least_parts() THEN round(points / nullif(weight, 0))::SMALLINT END AS health
FROM weights;

CREATE TABLE customer_months AS
WITH tagged AS (
    SELECT
        *,
        referrals_now > 0 OR coalesce(
            nps >= lifecycle_advocate_promoter_from() AND nps_days < lifecycle_advocate_recent_days(), false) AS advocate,
        first_order_day <= as_of - 2 * lifecycle_expansion_window_days() AND earlier_spend > 0
            AND window_spend >= (1 + lifecycle_expansion_growth()) * earlier_spend AS grows
    FROM month_activity
    JOIN (SELECT place, as_of FROM month_ends) USING (place)
)
SELECT
    k.customer_id, m.month, m.as_of, m.whole, k.since,
    t.recency_days, t.last_order_day, t.orders, t.spend / 10000 AS spend, t.past / 10000 AS past_value,
    t.r, t.f, t.m, t.p, t.tier,
    t.place - max(t.place) FILTER (t.is_move) OVER (PARTITION BY t.number ORDER BY t.place ROWS UNBOUNDED PRECEDING) + 1
        AS months_in_tier,
    t.revenue / 10000 AS revenue,
    c.segment::dim_segment AS segment, c.region::dim_region AS region, c.industry::dim_industry AS industry,
    c.persona::dim_persona AS persona,
    a.first_order_day, m.as_of - a.first_order_day AS age_days, a.order_days, a.orders_ever, a.gap_days, a.limit_days,
    (CASE
        WHEN a.churned THEN 'churned'
        WHEN a.order_days >= 2 AND a.advocate THEN 'referral'
        WHEN a.order_days >= 2 AND a.grows THEN 'expansion'
        WHEN a.order_days >= 2 THEN 'retention'
        WHEN a.order_days = 1 THEN 'activation'
        ELSE 'acquisition'
    END)::dim_lifecycle AS stage,
    h.health, h.activity AS health_activity, h.spend AS health_spend, h.engagement AS health_engagement,
    h.service AS health_service, h.voice AS health_voice,
    a.advocate,
    (CASE
        WHEN a.contacts_now = 0 THEN 'none'
        WHEN a.contacts_now < lifecycle_contact_usual_from() THEN 'low'
        WHEN a.contacts_now < lifecycle_contact_high_from() THEN 'usual'
        ELSE 'high'
    END)::dim_contact_level AS contact_level,
    last_value(p.channel IGNORE NULLS) OVER (PARTITION BY t.number ORDER BY t.place ROWS UNBOUNDED PRECEDING) AS prefers,
    t.past / 10000 * value_margin() AS margin_to_date,
    v.alive, v.expected_orders, v.clv, v.value_method,
    a.signal_score, a.fires_silence, a.fires_fewer_orders, a.fires_less_spend, a.fires_fewer_consultations, a.fires_fewer_logins,
    a.fires_more_complaints, a.fires_detractor, a.fires_breached
FROM customer_tiers AS t
JOIN tagged AS a ON a.number = t.number AND a.place = t.place
JOIN month_health AS h ON h.number = t.number AND h.place = t.place
JOIN all_customers AS k ON k.number = t.number
JOIN month_ends AS m ON m.place = t.place
LEFT JOIN preferences AS p ON p.number = t.number AND p.place = t.place
LEFT JOIN month_values AS v ON v.number = t.number AND v.place = t.place
LEFT JOIN customers AS c USING (customer_id)
ORDER BY t.place, t.number;
