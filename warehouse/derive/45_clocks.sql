-- One row per ticket and stage that the source records: the verdicts again, long, so that a question about clocks reads
-- one narrow table. Stage after stage in the order of the tickets, so that a filter on stage and days skips most of it.
CREATE TEMP MACRO clocks(this_stage, this_state, due, done, cohort, ran) AS TABLE
    SELECT
        ticket_id, kind, priority, category, persona, tier, segment, region, industry, channel, department, team, product,
        is_vip, is_open, opened_at, opened_day, opened_week, opened_month,
        this_stage::dim_stage AS stage, this_state AS state, due AS due_at, done AS done_at, ran AS minutes,
        cohort AS due_day,
        date_trunc('week', cohort)::DATE AS due_week,
        date_trunc('month', cohort)::DATE AS due_month
    FROM fact_tickets
    WHERE this_state IS NOT NULL;

CREATE TABLE fact_clocks AS
FROM clocks('response', response_state, response_due_at, response_done_at, response_due_day, response_minutes)
UNION ALL
FROM clocks('feedback', feedback_state, feedback_due_at, feedback_done_at, feedback_due_day, feedback_minutes)
UNION ALL
FROM clocks('resolution', resolution_state, resolution_due_at, resolution_done_at, resolution_due_day, resolution_minutes);
