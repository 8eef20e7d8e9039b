-- What every customer had done by every month-end, and which signs of leaving that shows: from nothing later than that day.
-- "Now" and "usual" are those of data/policy/churn.toml: churn_rules, and a macro for each number (silence_times(),
-- fewer_orders_recent_days()). What a row says without a date counts for the past as it is known now: whether an order was
-- cancelled or refunded, whether a verdict without due time was kept, and what reopening a ticket made of its due times.

-- Contacts and tickets by customer, day and channel. A contact that we began is a touch.
CREATE TEMP TABLE contact_days AS
SELECT
    k.number, i.day, i.channel,
    count(*)::INTEGER AS contacts,
    count(*) FILTER (i.direction = 'outbound')::INTEGER AS touches,
    count(*) FILTER (ours AND list_contains(fewer_consultations_kinds(), i.kind::VARCHAR))::INTEGER AS consultations,
    count(*) FILTER (ours AND list_contains(fewer_logins_kinds(), i.kind::VARCHAR))::INTEGER AS logins,
    count(*) FILTER (ours AND list_contains(lifecycle_advocate_kinds(), i.kind::VARCHAR))::INTEGER AS referrals
FROM (SELECT customer_id, day, channel, kind, direction, direction IS DISTINCT FROM 'outbound' AS ours FROM fact_interactions) AS i
JOIN all_customers AS k USING (customer_id)
GROUP BY ALL;

CREATE TEMP TABLE ticket_days AS
SELECT
    k.number, t.opened_day AS day, t.channel, count(*)::INTEGER AS tickets,
    count(*) FILTER (t.kind = 'complaint')::INTEGER AS complaints,
    bool_or(c.ticket_id IS NOT NULL) AS with_target
FROM fact_tickets AS t
JOIN all_customers AS k USING (customer_id)
LEFT JOIN (SELECT DISTINCT ticket_id FROM fact_clocks WHERE state <> 'none') AS c USING (ticket_id)
GROUP BY ALL;

-- The first day of each thing. Whoever is known by an order, a contact or a ticket has a usual from then on.
CREATE TEMP TABLE first_days AS
SELECT
    number, min(day) AS seen,
    min(day) FILTER (what = 'orders') AS ordered,
    min(day) FILTER (consultations > 0) AS consulted,
    min(day) FILTER (logins > 0) AS logged_in,
    min(day) FILTER (complaints > 0) AS complained,
    min(day) FILTER (what = 'tickets') AS ticket,
    min(day) FILTER (with_target) AS target
FROM (
    SELECT number, day, 'orders' AS what, 0 AS consultations, 0 AS logins, 0 AS complaints, false AS with_target FROM order_days
    UNION ALL SELECT number, day, 'contacts', consultations, logins, 0, false FROM contact_days
    UNION ALL SELECT number, day, 'tickets', 0, 0, complaints, with_target FROM ticket_days
)
GROUP BY number;

-- Tickets with a missed target, by the days from which and until which they count as lately: from the due day on, or from the
-- reopening that undid a resolution in time. A ticket that missed several targets counts once.
CREATE TEMP TABLE missed AS
SELECT number, greatest(enters, coalesce(max(leaves) OVER earlier, enters)) AS enters, leaves
FROM (
    SELECT
        k.number, c.ticket_id, c.due_day + breached_recent_days()::INTEGER AS leaves,
        CASE WHEN c.stage = 'resolution' AND coalesce(t.resolved_at, t.closed_at) <= c.due_at AND t.reopened_at > c.due_at
            THEN local(t.reopened_at)::DATE ELSE c.due_day END AS enters
    FROM fact_clocks AS c
    JOIN fact_tickets AS t USING (ticket_id)
    JOIN all_customers AS k ON k.customer_id = t.customer_id
    WHERE c.state IN ('breached', 'overdue') AND c.due_day IS NOT NULL
)
WINDOW earlier AS (PARTITION BY ticket_id ORDER BY enters, leaves ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING);

-- What changes from one month-end to the next: what happened counts as now from the first month-end on or after its day, as
-- usual from the first one that lies recent_days later, and no more usual_days after that. Summed up this gives windows that
-- are exact to the day without going through anything twice.
CREATE TEMP TABLE activity_changes AS
WITH happened AS (
    SELECT number, day, 'fewer_orders' AS stream, orders AS n, orders AS events FROM order_days
    UNION ALL SELECT number, day, 'less_spend', net, orders FROM order_days
    UNION ALL SELECT number, day, 'expansion', net, 0 FROM order_days
    UNION ALL SELECT number, day, 'fewer_consultations', consultations, 0 FROM contact_days WHERE consultations > 0
    UNION ALL SELECT number, day, 'fewer_logins', logins, 0 FROM contact_days WHERE logins > 0
    UNION ALL SELECT number, day, 'advocate', referrals, 0 FROM contact_days WHERE referrals > 0
    UNION ALL SELECT number, day, 'touches', touches, 0 FROM contact_days WHERE touches > 0
    UNION ALL SELECT number, day, 'contact', contacts - touches, 0 FROM contact_days WHERE contacts > touches
    UNION ALL SELECT number, day, 'contact', tickets, 0 FROM ticket_days
    UNION ALL SELECT number, day, 'tickets', tickets, 0 FROM ticket_days
    UNION ALL SELECT number, day, 'more_complaints', complaints, 0 FROM ticket_days WHERE complaints > 0
), spans AS (
    SELECT signal AS stream, recent_days::INTEGER AS recent, usual_days::INTEGER AS usual
    FROM churn_rules WHERE usual_days IS NOT NULL
    UNION ALL VALUES
        ('expansion', lifecycle_expansion_window_days(), lifecycle_expansion_window_days()),
        ('advocate', lifecycle_advocate_recent_days(), 0), ('touches', lifecycle_touches_recent_days(), 0),
        ('contact', lifecycle_contact_recent_days(), 0), ('tickets', breached_recent_days(), 0)
), steps AS (
    SELECT stream, 0 AS later, 1 AS now, 0 AS before FROM spans
    UNION ALL SELECT stream, recent, -1, CASE WHEN usual > 0 THEN 1 ELSE 0 END FROM spans
    UNION ALL SELECT stream, recent + usual, 0, -1 FROM spans WHERE usual > 0
), changes AS (
    SELECT number, day + later AS day, stream, now * n AS now, before * n AS before, before * events AS events
    FROM happened JOIN steps USING (stream)
    UNION ALL SELECT number, enters, 'late', 1, 0, 0 FROM missed WHERE enters < leaves
    UNION ALL SELECT number, leaves, 'late', -1, 0, 0 FROM missed WHERE enters < leaves
), sums AS (
    SELECT
        number, month_place(day) AS place, stream,
        sum(now)::BIGINT AS now, sum(before)::BIGINT AS before, sum(events)::BIGINT AS events
    FROM changes
    WHERE day <= getvariable('last_day')
    GROUP BY ALL
)
SELECT
    number, place,
    sum(now) FILTER (stream = 'fewer_orders')::INTEGER AS orders_now,
    sum(before) FILTER (stream = 'fewer_orders')::INTEGER AS orders_before,
    sum(now) FILTER (stream = 'less_spend')::BIGINT AS spend_now,
    sum(before) FILTER (stream = 'less_spend')::BIGINT AS spend_before,
    sum(events) FILTER (stream = 'less_spend')::INTEGER AS spend_orders,
    sum(now) FILTER (stream = 'fewer_consultations')::INTEGER AS consultations_now,
    sum(before) FILTER (stream = 'fewer_consultations')::INTEGER AS consultations_before,
    sum(now) FILTER (stream = 'fewer_logins')::INTEGER AS logins_now,
    sum(before) FILTER (stream = 'fewer_logins')::INTEGER AS logins_before,
    sum(now) FILTER (stream = 'more_complaints')::INTEGER AS complaints_now,
    sum(before) FILTER (stream = 'more_complaints')::INTEGER AS complaints_before,
    sum(now) FILTER (stream = 'expansion')::BIGINT AS window_spend,
    sum(before) FILTER (stream = 'expansion')::BIGINT AS earlier_spend,
    sum(now) FILTER (stream = 'advocate')::INTEGER AS referrals_now,
    sum(now) FILTER (stream = 'touches')::INTEGER AS touches_now,
    sum(now) FILTER (stream = 'contact')::INTEGER AS contacts_now,
    sum(now) FILTER (stream = 'tickets')::INTEGER AS tickets_now,
    sum(now) FILTER (stream = 'late')::INTEGER AS late_now
FROM sums
GROUP BY ALL;

-- What stays until something newer comes: orders so far with the customer's own median gap, and the latest NPS answer.
CREATE TEMP TABLE order_cycles AS
SELECT number, month_place(day) AS place, max(nth)::INTEGER AS order_days, max(orders)::INTEGER AS orders_ever, max_by(gap, day) AS gap
FROM (
    SELECT
        number, day, row_number() OVER so_far AS nth, sum(orders) OVER so_far AS orders, median(gap) OVER so_far AS gap
    FROM (SELECT number, day, orders, day - lag(day) OVER (PARTITION BY number ORDER BY day) AS gap FROM order_days)
    WINDOW so_far AS (PARTITION BY number ORDER BY day ROWS UNBOUNDED PRECEDING)
)
GROUP BY ALL;

CREATE TEMP TABLE nps_answers AS
SELECT k.number, month_place(day) AS place, max_by(score, (coalesce(answered_at, sent_at), survey_id)) AS score, max(day) AS day
FROM fact_surveys
JOIN all_customers AS k USING (customer_id)
WHERE kind = 'nps' AND score IS NOT NULL AND day IS NOT NULL
GROUP BY ALL;

-- What gap is common at a month-end: the median of the own gaps that customers have by then. It judges who has none yet.
CREATE TEMP TABLE common_gaps AS
WITH held AS (
    SELECT place, order_days, gap, lead(place) OVER (PARTITION BY number ORDER BY place) AS next_place FROM order_cycles
)
SELECT e.place, median(h.gap) AS common_gap
FROM ends AS e
JOIN held AS h ON h.place <= e.place AND e.place < coalesce(h.next_place, e.place + 1)
WHERE h.order_days >= lifecycle_churned_least()
GROUP BY e.place;

-- What a customer usually does in the recent days: the average over the usual days before, or over the part of them in which
-- both the customer and such events at all were known; NULL where that is shorter than the recent days.
CREATE TEMP MACRO known_days(as_of, since, recent, usual) AS least(usual, as_of - recent - since + 1);
CREATE TEMP MACRO average(before, days, recent) AS CASE WHEN days >= recent THEN before * recent / days END;
CREATE TEMP MACRO usual(before, as_of, seen, began, recent, usual_days) AS
    average(before, known_days(as_of, greatest(seen, began), recent::INTEGER, usual_days::INTEGER), recent::INTEGER);

-- So many times the own gap, between floor and cap; NULL without a gap.
CREATE TEMP MACRO limit_of(gap, times, floor_days, cap_days) AS
    CASE WHEN gap IS NOT NULL THEN least(greatest(times * gap, floor_days), cap_days)::DOUBLE END;

CREATE TEMP TABLE month_activity AS
WITH began AS (
    SELECT min(ordered) AS ordering, min(consulted) AS consulting, min(logged_in) AS logging_in, min(complained) AS complaining
    FROM first_days
), summed AS (
    SELECT
        t.number, t.place, e.as_of, t.recency_days, g.common_gap, f.*  EXCLUDE (number),
        coalesce(max(o.order_days) OVER so_far, 0)::INTEGER AS order_days,
        coalesce(max(o.orders_ever) OVER so_far, 0)::INTEGER AS orders_ever,
        last_value(o.gap IGNORE NULLS) OVER so_far AS gap,
        last_value(n.score IGNORE NULLS) OVER so_far AS nps, e.as_of - max(n.day) OVER so_far AS nps_days,
        coalesce(sum(c.orders_now) OVER so_far, 0)::INTEGER AS orders_now,
        coalesce(sum(c.orders_before) OVER so_far, 0)::INTEGER AS orders_before,
        coalesce(sum(c.spend_now) OVER so_far, 0)::BIGINT / 10000 AS spend_now,
        coalesce(sum(c.spend_before) OVER so_far, 0)::BIGINT / 10000 AS spend_before,
        coalesce(sum(c.spend_orders) OVER so_far, 0)::INTEGER AS spend_orders,
        coalesce(sum(c.consultations_now) OVER so_far, 0)::INTEGER AS consultations_now,
        coalesce(sum(c.consultations_before) OVER so_far, 0)::INTEGER AS consultations_before,
        coalesce(sum(c.logins_now) OVER so_far, 0)::INTEGER AS logins_now,
        coalesce(sum(c.logins_before) OVER so_far, 0)::INTEGER AS logins_before,
        coalesce(sum(c.complaints_now) OVER so_far, 0)::INTEGER AS complaints_now,
        coalesce(sum(c.complaints_before) OVER so_far, 0)::INTEGER AS complaints_before,
        coalesce(sum(c.window_spend) OVER so_far, 0)::BIGINT AS window_spend,
        coalesce(sum(c.earlier_spend) OVER so_far, 0)::BIGINT AS earlier_spend,
        coalesce(sum(c.referrals_now) OVER so_far, 0)::INTEGER AS referrals_now,
        coalesce(sum(c.touches_now) OVER so_far, 0)::INTEGER AS touches_now,
        coalesce(sum(c.contacts_now) OVER so_far, 0)::INTEGER AS contacts_now,
        coalesce(sum(c.tickets_now) OVER so_far, 0)::INTEGER AS tickets_now,
        coalesce(sum(c.late_now) OVER so_far, 0)::INTEGER AS late_now
    FROM customer_tiers AS t
    JOIN ends AS e USING (place)
    LEFT JOIN common_gaps AS g USING (place)
    LEFT JOIN first_days AS f USING (number)
    LEFT JOIN activity_changes AS c ON c.number = t.number AND c.place = t.place
    LEFT JOIN order_cycles AS o ON o.number = t.number AND o.place = t.place
    LEFT JOIN nps_answers AS n ON n.number = t.number AND n.place = t.place
    WINDOW so_far AS (PARTITION BY t.number ORDER BY t.place ROWS UNBOUNDED PRECEDING)
), compared AS (
    SELECT
        s.* EXCLUDE (gap, common_gap, seen, ordered),
        CASE WHEN seen <= as_of THEN as_of - seen + 1 END AS known_days,
        CASE WHEN ordered <= as_of THEN ordered END AS first_order_day,
        CASE WHEN order_days >= lifecycle_churned_least() THEN gap END AS gap_days,
        CASE WHEN order_days >= silence_least() THEN gap END AS silence_usual,
        limit_of(silence_usual, silence_times(), silence_floor_days(), silence_cap_days()) AS silence_limit,
        CASE WHEN order_days > 0 THEN coalesce(
            limit_of(coalesce(gap_days, common_gap),
                lifecycle_churned_times(), lifecycle_churned_floor_days(), lifecycle_churned_cap_days()),
            lifecycle_churned_cap_days()) END AS limit_days,
        CASE WHEN ordered <= as_of THEN
            usual(orders_before, as_of, seen, ordering, fewer_orders_recent_days(), fewer_orders_usual_days()) END AS orders_usual,
        CASE WHEN ordered <= as_of THEN
            usual(spend_before, as_of, seen, ordering, less_spend_recent_days(), less_spend_usual_days()) END AS spend_usual,
        CASE WHEN consulted <= as_of THEN usual(consultations_before, as_of, seen, consulting,
            fewer_consultations_recent_days(), fewer_consultations_usual_days()) END AS consultations_usual,
        CASE WHEN logged_in <= as_of THEN usual(logins_before, as_of, seen, logging_in,
            fewer_logins_recent_days(), fewer_logins_usual_days()) END AS logins_usual,
        CASE WHEN complained <= as_of THEN usual(complaints_before, as_of, seen, complaining,
            more_complaints_recent_days(), more_complaints_usual_days()) END AS complaints_usual
    FROM summed AS s CROSS JOIN began
), judged AS (
    SELECT
        *,
        coalesce(recency_days > limit_days, false) AS churned,
        CASE WHEN nps_days < detractor_recent_days() THEN nps END AS nps_score,
        coalesce(ticket <= as_of, false) AS has_tickets,
        CASE WHEN silence_usual IS NOT NULL THEN recency_days > silence_limit END AS fires_silence,
        CASE WHEN orders_usual IS NOT NULL THEN
            orders_before >= fewer_orders_least() AND orders_now <= (1 - fewer_orders_drop()) * orders_usual END AS fires_fewer_orders,
        CASE WHEN spend_usual IS NOT NULL THEN
            spend_orders >= less_spend_least() AND spend_now <= (1 - less_spend_drop()) * spend_usual END AS fires_less_spend,
        CASE WHEN consultations_usual IS NOT NULL THEN consultations_before >= fewer_consultations_least()
            AND consultations_now <= (1 - fewer_consultations_drop()) * consultations_usual END AS fires_fewer_consultations,
        CASE WHEN logins_usual IS NOT NULL THEN logins_before >= fewer_logins_least()
            AND logins_now <= (1 - fewer_logins_drop()) * logins_usual END AS fires_fewer_logins,
        CASE WHEN complaints_usual IS NOT NULL THEN complaints_now >= more_complaints_least()
            AND complaints_now >= more_complaints_times() * complaints_usual END AS fires_more_complaints,
        CASE WHEN nps IS NOT NULL THEN
            coalesce(nps_score <= detractor_score_max(), false) END AS fires_detractor,
        CASE WHEN target <= as_of THEN late_now >= breached_least() END AS fires_breached
    FROM compared
)
SELECT
    * EXCLUDE (as_of, consulted, logged_in, complained, ticket, target),
    coalesce(fires_silence::INTEGER * silence_weight(), 0) + coalesce(fires_fewer_orders::INTEGER * fewer_orders_weight(), 0)
        + coalesce(fires_less_spend::INTEGER * less_spend_weight(), 0)
        + coalesce(fires_fewer_consultations::INTEGER * fewer_consultations_weight(), 0)
        + coalesce(fires_fewer_logins::INTEGER * fewer_logins_weight(), 0)
        + coalesce(fires_more_complaints::INTEGER * more_complaints_weight(), 0)
        + coalesce(fires_detractor::INTEGER * detractor_weight(), 0)
        + coalesce(fires_breached::INTEGER * breached_weight(), 0) AS signal_score
FROM judged;
