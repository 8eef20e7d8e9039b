-- The moments of every ticket, and the working time of its clock at each of them.
--
-- clock_slots cuts the time of each calendar into slots of slot_length(), each open or closed as a whole, so that working
-- time up to a moment is a line: base + open * moment. clock_hours says the same the other way round: the moment at which
-- the nth open slot's working time is reached. So one lookup a moment is enough, whatever the calendar.
CREATE TEMP VIEW ticket_moments AS
SELECT
    t.rowid AS number, t.* EXCLUDE (text),
    j.response AS judge_response, j.feedback AS judge_feedback, j.resolution AS judge_resolution,
    least(coalesce(t.assigned_at, t.response_done_at, as_of()), coalesce(t.resolution_done_at, as_of())) AS left_unassigned_at,
    CASE WHEN t.transferred_at > t.resolution_done_at THEN t.resolution_done_at ELSE t.transferred_at END AS handed_over_at
FROM fact_tickets AS t
LEFT JOIN judges AS j ON j.judged_by IS NOT DISTINCT FROM t.judged_by;

-- The value for one of the three stages.
CREATE TEMP MACRO of_stage(stage, response, feedback, resolution) AS
    CASE stage WHEN 'response' THEN response WHEN 'feedback' THEN feedback ELSE resolution END;

-- One stage of the tickets in `source`: when its clock starts and ends (or the data does), also in working time.
-- The last two are for the parts of the whole way and known for the resolution only.
CREATE TEMP MACRO clock_times(source, this_stage) AS TABLE
    WITH staged AS (
        SELECT
            *,
            CASE WHEN of_stage(this_stage, judge_response, judge_feedback, judge_resolution) THEN rule END AS stage_rule,
            of_stage(this_stage, response_done_at, feedback_done_at, resolution_done_at) AS done_at,
            CASE WHEN judged_by IS DISTINCT FROM 'policy' THEN of_stage(this_stage, response_due_at, feedback_due_at, resolution_due_at) END
                AS given_due_at,
            CASE WHEN judged_by IS DISTINCT FROM 'policy' THEN of_stage(this_stage, response_met, feedback_met, resolution_met) END AS verdict,
            CASE WHEN this_stage = 'resolution' AND restarts() THEN greatest(reopened_at, opened_at) ELSE opened_at END AS started_at,
            CASE WHEN this_stage = 'resolution' THEN left_unassigned_at END AS assigned,
            CASE WHEN this_stage = 'resolution' THEN handed_over_at END AS transferred
        FROM query_table(source)
    ),
    clocked AS (
        SELECT
            *, CASE WHEN stage_rule IS NULL THEN '24x7'::dim_clock ELSE rule_clock END AS clock,
            coalesce(done_at, as_of()) AS ended_at
        FROM staged
    )
    SELECT
        c.*, g.name AS rule_name,
        of_stage(this_stage, g.response, g.feedback, g.resolution) AS target,
        worked(epoch_us(c.opened_at), o.base, o.open) AS opened_work,
        CASE WHEN c.started_at > c.opened_at THEN worked(epoch_us(c.started_at), s.base, s.open) ELSE opened_work END
            AS started_work,
        worked(epoch_us(c.ended_at), e.base, e.open) AS ended_work,
        coalesce(e.open, 1) = 1 AS ended_at_work,
        worked(epoch_us(c.assigned), a.base, a.open) AS assigned_work,
        worked(epoch_us(c.transferred), x.base, x.open) AS transferred_work
    FROM clocked AS c
    LEFT JOIN sla_targets AS g ON g.rule = c.stage_rule AND g.clock = c.clock
    LEFT JOIN clock_slots AS o ON o.clock = c.clock AND o.slot = slot_of(epoch_us(c.opened_at))
    LEFT JOIN clock_slots AS s ON s.clock = c.clock
        AND s.slot = CASE WHEN c.started_at > c.opened_at THEN slot_of(epoch_us(c.started_at)) END
    LEFT JOIN clock_slots AS e ON e.clock = c.clock AND e.slot = slot_of(epoch_us(c.ended_at))
    LEFT JOIN clock_slots AS a ON a.clock = c.clock AND a.slot = slot_of(epoch_us(c.assigned))
    LEFT JOIN clock_slots AS x ON x.clock = c.clock AND x.slot = slot_of(epoch_us(c.transferred));
