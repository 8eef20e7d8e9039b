-- The stages that the source records at all; of another one nothing is said, not even that it took as long as the whole.
CREATE TEMP TABLE recorded AS
SELECT
    count(first_response_at) + count(response_due_at) + count(response_met) > 0 AS response,
    count(feedback_at) + count(feedback_due_at) + count(feedback_met) > 0 AS feedback,
    count(*) > 0 AS resolution
FROM tickets;

-- Where our own policy speaks: recorded stages for which the source brings no due times or verdicts of its own. A source
-- that has due times has decided that a ticket without one has no target.
CREATE TEMP TABLE ours_to_judge AS
SELECT
    count(first_response_at) > 0 AND count(response_due_at) + count(response_met) = 0 AS response,
    count(feedback_at) > 0 AND count(feedback_due_at) + count(feedback_met) = 0 AS feedback,
    count(resolved_at) + count(closed_at) > 0 AND count(resolution_due_at) + count(resolution_met) = 0 AS resolution
FROM tickets;

-- The simple service-level policy for each kind of ticket there is: the first rule that fits.
CREATE TEMP TABLE ticket_groups AS
SELECT DISTINCT t.kind, t.priority, coalesce(c.is_vip, false) AS is_vip
FROM tickets AS t LEFT JOIN dim_customer AS c USING (customer_id);

CREATE TEMP TABLE ticket_rules AS
SELECT g.kind, g.priority, g.is_vip, arg_min(r, r.rank) AS rule
FROM ticket_groups AS g
JOIN sla_rules AS r ON (len(r.kinds) = 0 OR list_contains(r.kinds, g.kind))
    AND (len(r.priorities) = 0 OR list_contains(r.priorities, g.priority))
    AND (r.vip IS NULL OR r.vip = g.is_vip)
GROUP BY ALL;

-- The targets for each such kind and each day a ticket may open on: hours, or the day that the working days lead to.
CREATE TEMP TABLE targets AS
SELECT
    g.kind, g.priority, g.is_vip, d.day, d.is_workday,
    CASE WHEN k.response THEN rule.response_hours END AS response_hours,
    CASE WHEN k.feedback THEN rule.feedback_hours END AS feedback_hours,
    CASE WHEN k.resolution THEN rule.resolution_hours END AS resolution_hours,
    CASE WHEN k.response THEN w1.day END AS response_day,
    CASE WHEN k.feedback THEN w2.day END AS feedback_day,
    CASE WHEN k.resolution THEN w3.day END AS resolution_day
FROM ticket_rules AS g
CROSS JOIN (SELECT *, workday_number + CASE WHEN is_workday THEN 0 ELSE 1 END AS start FROM calendar) AS d
CROSS JOIN ours_to_judge AS k
LEFT JOIN workdays AS w1 ON w1.number = d.start + rule.response_workdays
LEFT JOIN workdays AS w2 ON w2.number = d.start + rule.feedback_workdays
LEFT JOIN workdays AS w3 ON w3.number = d.start + rule.resolution_workdays;

-- Waiting for the customer, overlaps counted once; an open pause runs to the horizon.
CREATE TEMP TABLE pause_spans AS
WITH ordered AS (
    SELECT
        ticket_id, started_at, coalesce(ended_at, as_of()) AS ended_at,
        max(coalesce(ended_at, as_of())) OVER (
            PARTITION BY ticket_id ORDER BY started_at, ended_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS covered_to
    FROM pauses
    WHERE started_at < coalesce(ended_at, as_of())
)
SELECT
    ticket_id, started_at, ended_at,
    coalesce(sum(epoch(ended_at) - epoch(started_at)) OVER (
        PARTITION BY ticket_id ORDER BY started_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ), 0) AS seconds_before
FROM (
    SELECT ticket_id, greatest(started_at, coalesce(covered_to, started_at)) AS started_at, ended_at
    FROM ordered
    WHERE covered_to IS NULL OR ended_at > covered_to
);
