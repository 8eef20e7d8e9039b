-- When clocks stood still: waiting for the customer, and thought to be solved until it was reopened. Overlaps count once; an
-- open pause runs to the horizon.
CREATE TEMP TABLE pause_spans AS
WITH steps AS (
    SELECT ticket_id, kind, happened_at FROM events WHERE kind IN ('resolved', 'reopened')
    UNION ALL
    SELECT ticket_id, 'resolved', unnest([resolved_at, closed_at]) FROM fact_tickets
    WHERE resolved_at < reopened_at OR closed_at < reopened_at
),
turns AS (
    SELECT * FROM steps
    WINDOW steps AS (PARTITION BY ticket_id ORDER BY happened_at, kind DESC)
    QUALIFY lag(kind) OVER steps IS DISTINCT FROM kind
),
solved AS (
    SELECT
        ticket_id, kind, happened_at AS ended_at,
        lag(happened_at) OVER (PARTITION BY ticket_id ORDER BY happened_at, kind DESC) AS started_at
    FROM turns
),
spans AS (
    SELECT ticket_id, started_at, coalesce(ended_at, as_of()) AS ended_at FROM pauses
    UNION ALL
    SELECT ticket_id, started_at, ended_at FROM solved WHERE kind = 'reopened' AND started_at IS NOT NULL
),
ordered AS (
    SELECT
        *,
        max(ended_at) OVER (
            PARTITION BY ticket_id ORDER BY started_at, ended_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS covered_to
    FROM spans
    WHERE started_at < ended_at
)
SELECT t.rowid AS number, greatest(o.started_at, coalesce(o.covered_to, o.started_at)) AS started_at, o.ended_at
FROM ordered AS o
JOIN fact_tickets AS t USING (ticket_id)
WHERE o.covered_to IS NULL OR o.ended_at > o.covered_to;

CREATE TEMP TABLE paused_moments AS FROM ticket_moments WHERE number IN (SELECT number FROM pause_spans);

-- The same for a stage in working time, from the start of its clock on; `before` is the sum of the pauses before.
CREATE TEMP MACRO stage_pauses(this_stage) AS TABLE
    WITH worked AS (
        SELECT
            t.*, p.started_at AS pause_at, p.ended_at AS resumed_at,
            greatest(worked(epoch_us(p.started_at), s.base, s.open), t.started_work) AS pause_work,
            greatest(worked(epoch_us(p.ended_at), e.base, e.open), t.started_work) AS resumed_work,
            greatest(worked(epoch_us(p.started_at), s.base, s.open), t.opened_work) AS way_pause,
            greatest(worked(epoch_us(p.ended_at), e.base, e.open), t.opened_work) AS way_resumed
        FROM clock_times('paused_moments', this_stage) AS t
        JOIN pause_spans AS p USING (number)
        LEFT JOIN clock_slots AS s ON s.clock = t.clock AND s.slot = slot_of(epoch_us(p.started_at))
        LEFT JOIN clock_slots AS e ON e.clock = t.clock AND e.slot = slot_of(epoch_us(p.ended_at))
    ),
    summed AS (
        SELECT
            *,
            coalesce(sum(resumed_work - pause_work) OVER (
                PARTITION BY number ORDER BY pause_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ), 0) AS before
        FROM worked
    )
    SELECT
        number, this_stage AS stage,
        sum(within(pause_work, resumed_work, ended_work))::BIGINT AS paused,
        -- a pause puts the due time off unless it begins after the time has run out, the pauses before it taken off
        (sum(within(pause_work, resumed_work, ended_work))
            FILTER (pause_work - started_work - before < target))::BIGINT AS put_off,
        bool_or(pause_at < ended_at AND ended_at <= resumed_at) AS ends_in_pause,
        sum(within(way_pause, way_resumed, ended_work))::BIGINT AS customer,
        sum(within(way_pause, way_resumed, assigned_work))::BIGINT AS customer_first,
        sum(within(way_pause, way_resumed, greatest(transferred_work, assigned_work)))::BIGINT AS customer_before
    FROM summed
    GROUP BY number;

CREATE TEMP TABLE clock_pauses AS
FROM stage_pauses('response') UNION ALL FROM stage_pauses('feedback') UNION ALL FROM stage_pauses('resolution');

CREATE TEMP TABLE waiting_now AS
SELECT DISTINCT t.rowid AS number, true AS waits
FROM pauses AS p
JOIN fact_tickets AS t USING (ticket_id)
WHERE p.ended_at IS NULL;
