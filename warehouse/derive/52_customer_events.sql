-- Everything that happened with a customer, customer by customer: a page about one of them reads a few rows, while the facts,
-- sorted by date, would be read whole. Only what a line of it tells; `ref` names the row in its fact.
CREATE TABLE customer_events AS
WITH late AS (
    SELECT ticket_id, bool_or(state IN ('breached', 'overdue')) AS is_late FROM fact_clocks GROUP BY ticket_id
), happened AS (
    SELECT 'order' AS event, customer_id, order_id AS ref, ordered_at AS happened_at, day, status, product, net
    FROM fact_orders
    UNION ALL BY NAME
    SELECT
        'ticket' AS event, customer_id, ticket_id AS ref, opened_at AS happened_at, opened_day AS day, kind, category, product,
        channel, is_open, coalesce(is_late, false) AS is_late, satisfaction AS score
    FROM fact_tickets LEFT JOIN late USING (ticket_id)
    UNION ALL BY NAME
    SELECT
        'contact' AS event, customer_id, interaction_id AS ref, happened_at, day, kind AS contact, direction, topic, channel,
        connected
    FROM fact_interactions
    UNION ALL BY NAME
    SELECT
        'survey' AS event, customer_id, survey_id AS ref, coalesce(answered_at, sent_at) AS happened_at, day, kind AS survey,
        touchpoint, channel, score, outcome, comment
    FROM fact_surveys
)
SELECT
    c.customer_id, h.event::dim_event AS event, h.* EXCLUDE (customer_id, event), c.tier, c.segment, c.region, c.industry
FROM happened AS h
JOIN dim_customer AS c USING (customer_id)
JOIN all_customers AS k USING (customer_id)
ORDER BY k.number, h.happened_at;
