-- The formulas that several facts share. Moments of clocks are microseconds since 1970 in UTC; working time is counted in
-- microseconds too (see 42_times.sql), so that nothing is rounded.

-- The place of a moment in the table of working time: the slot that ends with it, so that closing time still counts as open.
CREATE TEMP MACRO since_begin(moment) AS CASE WHEN moment < clock_begins() THEN clock_begins() ELSE moment END;
CREATE TEMP MACRO slot_of(moment) AS (since_begin(moment) - 1) // slot_length();

-- Working time up to a moment, from the line of its slot; around the clock there is no table and time itself is the measure.
CREATE TEMP MACRO worked(moment, base, open) AS coalesce(base + open * since_begin(moment), moment);

-- The moment at which so much working time is reached, from the line of the open slot in which that happens.
CREATE TEMP MACRO nth_slot(work) AS (work + slot_length() - 1) // slot_length();
CREATE TEMP MACRO moment_of(work, base) AS coalesce(base + work, work);

-- Working time of a pause that fell before `until`; all three are working time.
CREATE TEMP MACRO within(pause_start, pause_end, until) AS least(pause_end, until) - least(pause_start, until);

-- met, breached (done late), overdue (not done and past due), paused (not yet due, waiting for the customer), running, none
-- (no target). A verdict that the source system brings wins over its times.
CREATE TEMP MACRO stage_state(verdict, done, due, waits) AS
    (CASE
        WHEN verdict THEN 'met'
        WHEN NOT verdict THEN CASE WHEN done IS NULL THEN 'overdue' ELSE 'breached' END
        WHEN due IS NULL THEN 'none'
        WHEN done <= due THEN 'met'
        WHEN done > due THEN 'breached'
        WHEN due < as_of() THEN 'overdue'
        WHEN waits THEN 'paused'
        ELSE 'running'
    END)::dim_state;

-- When a stage belongs to a cohort, on the team's clock: when it was due; for a bare verdict when it was done, else opened.
CREATE TEMP MACRO cohort(due, verdict, done, opened) AS
    local(coalesce(due, CASE WHEN verdict IS NOT NULL THEN coalesce(done, opened) END));
