-- Service-level clocks by the day the ticket was opened: a row for each stage that the
-- source records, those without a target too.
-- :period day
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    ticket_id, customer_id, agent_id, 'response' AS stage, response_state AS state, response_due_at AS due_at, response_done_at AS done_at, response_minutes AS minutes,
    opened_day AS day, opened_week AS week, opened_month AS month,
    kind, priority, category, persona, tier, segment, region, industry, channel, department, team, product,
    is_vip, is_open, opened_at
FROM fact_tickets
WHERE response_state IS NOT NULL
UNION ALL
SELECT
    ticket_id, customer_id, agent_id, 'feedback' AS stage, feedback_state AS state, feedback_due_at AS due_at, feedback_done_at AS done_at, feedback_minutes AS minutes,
    opened_day AS day, opened_week AS week, opened_month AS month,
    kind, priority, category, persona, tier, segment, region, industry, channel, department, team, product,
    is_vip, is_open, opened_at
FROM fact_tickets
WHERE feedback_state IS NOT NULL
UNION ALL
SELECT
    ticket_id, customer_id, agent_id, 'resolution' AS stage, resolution_state AS state, resolution_due_at AS due_at, resolution_done_at AS done_at, resolution_minutes AS minutes,
    opened_day AS day, opened_week AS week, opened_month AS month,
    kind, priority, category, persona, tier, segment, region, industry, channel, department, team, product,
    is_vip, is_open, opened_at
FROM fact_tickets
WHERE resolution_state IS NOT NULL
