-- Orders, surveys and interactions with the dimensions people filter by, sorted by date.
CREATE TABLE fact_orders AS
SELECT
    o.order_id, o.customer_id, o.ordered_at,
    local(o.ordered_at)::DATE AS day,
    date_trunc('week', local(o.ordered_at)::DATE)::DATE AS week,
    date_trunc('month', local(o.ordered_at)::DATE)::DATE AS month,
    o.quantity, o.amount, o.refunded,
    CASE WHEN o.status = 'cancelled' THEN 0 ELSE o.amount - coalesce(o.refunded, 0) END AS net,
    o.product::dim_product AS product, o.status::dim_status AS status,
    c.tier, c.segment, c.region, c.industry, c.persona
FROM orders AS o
LEFT JOIN dim_customer AS c USING (customer_id)
ORDER BY o.ordered_at;

CREATE TABLE fact_surveys AS
SELECT
    s.survey_id, s.customer_id, s.ticket_id, s.kind::dim_survey AS kind, s.sent_at, s.answered_at,
    local(coalesce(s.answered_at, s.sent_at))::DATE AS day,
    date_trunc('week', local(coalesce(s.answered_at, s.sent_at)))::DATE AS week,
    date_trunc('month', local(coalesce(s.answered_at, s.sent_at)))::DATE AS month,
    s.score,
    (CASE
        WHEN s.kind = 'nps' AND s.score >= 9 THEN 'promoter'
        WHEN s.kind = 'nps' AND s.score >= 7 THEN 'passive'
        WHEN s.kind = 'nps' THEN CASE WHEN s.score IS NOT NULL THEN 'detractor' END
        WHEN s.score >= 4 THEN 'satisfied'
        WHEN s.score = 3 THEN 'neutral'
        WHEN s.score IS NOT NULL THEN 'dissatisfied'
    END)::dim_outcome AS outcome,
    s.touchpoint::dim_touchpoint AS touchpoint, s.channel::dim_channel AS channel,
    t.department, t.team, t.product, s.comment, CASE WHEN s.raw <> s.comment THEN s.raw END AS unmasked_comment,
    c.tier, c.segment, c.region, c.industry, c.persona
FROM (SELECT * REPLACE (hidden(comment) AS comment), comment AS raw FROM surveys) AS s
LEFT JOIN dim_customer AS c USING (customer_id)
LEFT JOIN fact_tickets AS t USING (ticket_id)
ORDER BY coalesce(s.answered_at, s.sent_at);

CREATE TABLE fact_interactions AS
SELECT
    i.interaction_id, i.customer_id, i.agent_id, i.happened_at,
    local(i.happened_at)::DATE AS day,
    date_trunc('week', local(i.happened_at)::DATE)::DATE AS week,
    date_trunc('month', local(i.happened_at)::DATE)::DATE AS month,
    i.channel::dim_channel AS channel, i.kind::dim_contact AS kind, i.direction::dim_direction AS direction,
    i.touchpoint::dim_touchpoint AS touchpoint, i.topic::dim_topic AS topic,
    i.is_bot, i.connected, i.transfers, i.duration_seconds, i.converted, i.text,
    CASE WHEN i.raw <> i.text THEN i.raw END AS unmasked_text,
    a.department::dim_department AS department, a.team::dim_team AS team,
    c.tier, c.segment, c.region, c.industry, c.persona
FROM (SELECT * REPLACE (hidden(text) AS text), text AS raw FROM interactions) AS i
LEFT JOIN dim_customer AS c USING (customer_id)
LEFT JOIN agents AS a USING (agent_id)
ORDER BY i.happened_at;
