-- One row per ticket and stage that the source records: the verdict, with all that leads to it. Stage after stage in the
-- order of the tickets, so that a filter on stage and days skips most of it.
CREATE TEMP MACRO minutes(microseconds) AS microseconds / 60000000;

-- The smallest whole number of seconds that would have been enough. Whatever is done after closing time or during a pause is
-- done after the last second that counted, though no more working time has gone by.
CREATE TEMP MACRO needed(spent, at_work) AS CASE WHEN at_work THEN spent ELSE (spent // 1000000 + 1) * 1000000 END;

CREATE TEMP MACRO clocks(this_stage) AS TABLE
    WITH measured AS (
        SELECT
            t.*,
            p.put_off, coalesce(p.paused, 0) AS paused, w.waits,
            t.ended_work - t.started_work - coalesce(p.paused, 0) AS spent,
            t.ended_at_work AND NOT coalesce(p.ends_in_pause, false) AS at_work,
            t.started_work + t.target + coalesce(p.put_off, 0) AS due_work,
            coalesce(p.customer, 0) AS customer,
            t.assigned_work - t.opened_work - coalesce(p.customer_first, 0) AS assignment,
            CASE WHEN t.transferred_work IS NULL THEN 0 ELSE
                t.ended_work - greatest(t.transferred_work, t.assigned_work) - coalesce(p.customer - p.customer_before, 0)
            END AS transfer
        FROM clock_times('ticket_moments', this_stage) AS t
        LEFT JOIN clock_pauses AS p ON p.number = t.number AND p.stage = this_stage
        LEFT JOIN waiting_now AS w ON w.number = t.number
    ),
    due AS (
        SELECT
            m.*, this_stage = 'resolution' AS is_whole,
            k.assignment AND this_stage = 'resolution' AS tells_assignment,
            k.transfer AND this_stage = 'resolution' AS tells_transfer,
            coalesce(m.given_due_at, make_timestamp(moment_of(m.due_work, h.base))) AS due_at
        FROM measured AS m
        CROSS JOIN recorded AS k
        LEFT JOIN clock_hours AS h ON h.clock = m.clock AND h.nth = nth_slot(m.due_work)
        WHERE of_stage(this_stage, k.response, k.feedback, k.resolution)
    ),
    judged AS (
        SELECT
            *, stage_state(verdict, done_at, due_at, waits) AS state,
            cohort(due_at, verdict, done_at, opened_at) AS cohort,
            coalesce(spent - target, epoch_us(ended_at) - epoch_us(due_at)) AS over
        FROM due
    )
    SELECT
        ticket_id, kind, priority, category, persona, tier, segment, region, industry, channel, department, team, product,
        is_vip, is_open, opened_at, opened_day, opened_week, opened_month,
        24 * (opened_weekday::INTEGER - 1) + opened_hour AS opened_week_hour,
        CASE WHEN due_at IS NOT NULL THEN 24 * (isodow(cohort) - 1) + hour(cohort) END AS due_week_hour,
        this_stage::dim_stage AS stage, state, rule_name::dim_rule AS rule, clock,
        started_at, due_at, done_at, minutes(target) AS target_minutes, minutes(paused) AS paused_minutes,
        CASE WHEN done_at IS NOT NULL THEN minutes(spent) END AS minutes,
        minutes(spent) AS spent_minutes, minutes(needed(spent, at_work)) AS needed_minutes,
        CASE WHEN state IN ('breached', 'overdue') THEN minutes(over) END AS late_minutes,
        CASE WHEN state IN ('running', 'paused') THEN minutes(-over) END AS left_minutes,
        cohort::DATE AS due_day, date_trunc('week', cohort)::DATE AS due_week, date_trunc('month', cohort)::DATE AS due_month,
        -- the parts of the whole way, which add up to it
        CASE WHEN tells_assignment THEN minutes(assignment) END AS assignment_minutes,
        CASE WHEN is_whole THEN minutes(
            ended_work - opened_work - customer - CASE WHEN tells_assignment THEN assignment ELSE 0 END
            - CASE WHEN tells_transfer THEN transfer ELSE 0 END
        ) END AS ours_minutes,
        CASE WHEN tells_transfer THEN minutes(transfer) END AS transferred_minutes,
        CASE WHEN is_whole THEN minutes(customer) END AS customer_minutes,
        CASE WHEN is_whole THEN minutes(epoch_us(ended_at) - epoch_us(opened_at) - (ended_work - opened_work)) END AS closed_minutes,
        CASE WHEN is_whole THEN minutes(epoch_us(ended_at) - epoch_us(opened_at)) END AS whole_minutes
    FROM judged;

CREATE TABLE fact_clocks AS
FROM clocks('response') UNION ALL FROM clocks('feedback') UNION ALL FROM clocks('resolution');
