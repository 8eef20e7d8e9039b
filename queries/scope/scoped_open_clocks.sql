-- Clocks of open tickets that have not been stopped, whenever they started: for states as of the data's last moment.
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    ticket_id, customer_id, agent_id, 'response' AS stage, response_state AS state, response_due_at AS due_at,
    CAST(NULL AS TIMESTAMP) AS done_at, CAST(NULL AS DOUBLE) AS minutes,
    opened_day AS day, opened_week AS week, opened_month AS month,
    kind, priority, category, persona, tier, segment, region, industry, channel, department, team, product,
    is_vip, is_open, opened_at
FROM fact_tickets
WHERE is_open AND response_done_at IS NULL AND response_state IN ('overdue', 'running', 'none')
UNION ALL
SELECT
    ticket_id, customer_id, agent_id, 'feedback' AS stage, feedback_state AS state, feedback_due_at AS due_at,
    CAST(NULL AS TIMESTAMP) AS done_at, CAST(NULL AS DOUBLE) AS minutes,
    opened_day AS day, opened_week AS week, opened_month AS month,
    kind, priority, category, persona, tier, segment, region, industry, channel, department, team, product,
    is_vip, is_open, opened_at
FROM fact_tickets
WHERE is_open AND feedback_done_at IS NULL AND feedback_state IN ('overdue', 'running', 'none')
UNION ALL
SELECT
    ticket_id, customer_id, agent_id, 'resolution' AS stage, resolution_state AS state, resolution_due_at AS due_at,
    CAST(NULL AS TIMESTAMP) AS done_at, CAST(NULL AS DOUBLE) AS minutes,
    opened_day AS day, opened_week AS week, opened_month AS month,
    kind, priority, category, persona, tier, segment, region, industry, channel, department, team, product,
    is_vip, is_open, opened_at
FROM fact_tickets
WHERE is_open AND resolution_done_at IS NULL AND resolution_state IN ('overdue', 'running', 'none')
