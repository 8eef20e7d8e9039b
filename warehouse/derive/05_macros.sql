-- The formulas that several facts share.

-- Seconds of a pause that fall before the stage was done (all of it while the stage is still running).
CREATE TEMP MACRO overlap_seconds(pause_start, pause_end, done_at) AS
    greatest(0, epoch(least(pause_end, coalesce(done_at, pause_end))) - epoch(pause_start));

-- When a stage falls due by our policy, before any pause. A target in working days keeps the time of day, unless the ticket
-- came in on a day off: then its clock starts at 00:00 of the next working day.
CREATE TEMP MACRO policy_due(opened, hours, due_day, is_workday) AS
    CASE
        WHEN hours IS NOT NULL THEN opened + to_seconds(hours * 3600)
        WHEN is_workday THEN utc(due_day + (local(opened) - date_trunc('day', local(opened))))
        ELSE utc(due_day::TIMESTAMP)
    END;

-- Whether a pause began before the time had run out, the pauses before it taken off. (Once one is late, all later ones are.)
CREATE TEMP MACRO in_time(pause_start, seconds_before, due) AS pause_start - to_seconds(seconds_before) < due;

-- met, breached (done late), overdue (not done and past due), running (not yet due), none (no target).
-- A verdict that the source system brings wins over its times.
CREATE TEMP MACRO stage_state(verdict, done_at, due) AS
    (CASE
        WHEN verdict THEN 'met'
        WHEN NOT verdict THEN CASE WHEN done_at IS NULL THEN 'overdue' ELSE 'breached' END
        WHEN due IS NULL THEN 'none'
        WHEN done_at <= due THEN 'met'
        WHEN done_at > due THEN 'breached'
        WHEN due < as_of() THEN 'overdue'
        ELSE 'running'
    END)::dim_state;

-- The day whose cohort a stage belongs to: its due day; for a bare verdict the day it was done, else opened.
CREATE TEMP MACRO cohort_day(due, verdict, done_at, opened) AS
    local(coalesce(due, CASE WHEN verdict IS NOT NULL THEN coalesce(done_at, opened) END))::DATE;

-- Minutes the clock ran; unknown while the stage is not done (greatest() alone would make that 0).
CREATE TEMP MACRO elapsed_minutes(opened, done_at, paused) AS
    CASE WHEN done_at IS NOT NULL THEN greatest(0, epoch(done_at) - epoch(opened) - coalesce(paused, 0)) / 60 END;
