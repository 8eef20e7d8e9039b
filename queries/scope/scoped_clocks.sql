-- Service-level clocks by due day: up to three rows a ticket (response, feedback, resolution), those with a due time.
-- :period day
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    ticket_id, customer_id, agent_id, 'response' AS stage, response_state AS state, response_due_at AS due_at, response_done_at AS done_at, response_minutes AS minutes,
    response_due_day AS day,
    CAST(date_trunc('week', response_due_day) AS DATE) AS week,
    CAST(date_trunc('month', response_due_day) AS DATE) AS month,
    kind, priority, category, persona, tier, segment, region, industry, channel, department, team, product,
    is_vip, is_open, opened_at
FROM fact_tickets
WHERE response_due_day IS NOT NULL
UNION ALL
SELECT
    ticket_id, customer_id, agent_id, 'feedback' AS stage, feedback_state AS state, feedback_due_at AS due_at, feedback_done_at AS done_at, feedback_minutes AS minutes,
    feedback_due_day AS day,
    CAST(date_trunc('week', feedback_due_day) AS DATE) AS week,
    CAST(date_trunc('month', feedback_due_day) AS DATE) AS month,
    kind, priority, category, persona, tier, segment, region, industry, channel, department, team, product,
    is_vip, is_open, opened_at
FROM fact_tickets
WHERE feedback_due_day IS NOT NULL
UNION ALL
SELECT
    ticket_id, customer_id, agent_id, 'resolution' AS stage, resolution_state AS state, resolution_due_at AS due_at, resolution_done_at AS done_at, resolution_minutes AS minutes,
    resolution_due_day AS day,
    CAST(date_trunc('week', resolution_due_day) AS DATE) AS week,
    CAST(date_trunc('month', resolution_due_day) AS DATE) AS month,
    kind, priority, category, persona, tier, segment, region, industry, channel, department, team, product,
    is_vip, is_open, opened_at
FROM fact_tickets
WHERE resolution_due_day IS NOT NULL
