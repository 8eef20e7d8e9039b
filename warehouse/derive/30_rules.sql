-- Which rule judges which ticket. The stages that the source records at all; of another one nothing is said, not even that
-- it took as long as the whole.
CREATE TEMP TABLE recorded AS
SELECT
    count(first_response_at) + count(response_due_at) + count(response_met) > 0 AS response,
    count(feedback_at) + count(feedback_due_at) + count(feedback_met) > 0 AS feedback,
    count(*) > 0 AS resolution,
    count(assigned_at) > 0 AS assignment,
    (SELECT count(*) FILTER (kind = 'transferred') > 0 FROM events) AS transfer
FROM tickets;

-- Where our own policy speaks. Rows may say so themselves (judged_by); else for recorded stages for which the source brings no
-- due times or verdicts of its own: a source that has due times has decided that a ticket without one has no target.
CREATE TEMP TABLE judges AS
SELECT
    j.judged_by,
    CASE j.judged_by WHEN 'policy' THEN k.response WHEN 'source' THEN false ELSE k.response AND d.response END AS response,
    CASE j.judged_by WHEN 'policy' THEN k.feedback WHEN 'source' THEN false ELSE k.feedback AND d.feedback END AS feedback,
    CASE j.judged_by WHEN 'policy' THEN k.resolution WHEN 'source' THEN false ELSE d.resolution END AS resolution
FROM (VALUES (NULL), ('policy'), ('source')) AS j (judged_by)
CROSS JOIN recorded AS k
CROSS JOIN (
    SELECT
        count(first_response_at) > 0 AND count(response_due_at) + count(response_met) = 0 AS response,
        count(feedback_at) > 0 AND count(feedback_due_at) + count(feedback_met) = 0 AS feedback,
        count(resolved_at) + count(closed_at) > 0 AND count(resolution_due_at) + count(resolution_met) = 0 AS resolution
    FROM tickets
    WHERE judged_by IS NULL
) AS d;

-- For every kind of ticket there can be: the rule of each version that fits it and is the most specific.
CREATE TEMP MACRO fits(named, given) AS len(named) = 0 OR coalesce(list_contains(named, given), false);

CREATE TEMP TABLE ticket_rules AS
SELECT
    k.kind, p.priority, c.channel, t.tier, v.is_vip, r.version_from, min(r.rule) AS rule, arg_min(r.clock, r.rule) AS clock
FROM (SELECT DISTINCT kind FROM tickets) AS k
CROSS JOIN (SELECT DISTINCT priority FROM tickets) AS p
CROSS JOIN (SELECT DISTINCT channel FROM tickets) AS c
CROSS JOIN (SELECT unnest(list_append(enum_range(NULL::dim_tier)::VARCHAR[], NULL))::dim_tier AS tier) AS t
CROSS JOIN (VALUES (true), (false)) AS v (is_vip)
JOIN sla_rules AS r ON fits(r.kinds, k.kind) AND fits(r.priorities, p.priority) AND fits(r.channels, c.channel)
    AND fits(r.tiers, t.tier::VARCHAR) AND (r.vip IS NULL OR r.vip = v.is_vip)
GROUP BY ALL;

-- The version in force on each day.
CREATE TEMP TABLE version_days AS
SELECT d.day, v.version_from
FROM calendar AS d
JOIN (SELECT DISTINCT version_from, version_until FROM sla_rules) AS v
    ON d.day >= v.version_from AND (v.version_until IS NULL OR d.day <= v.version_until);

-- The tier that counts is the one a customer had when the ticket was opened: a promise does not change with a later upgrade.
-- Only tiers that a rule asks for are looked up, since customers times months are many rows.
CREATE TEMP TABLE judged_tiers AS
SELECT k.customer_id, (m.month + INTERVAL 1 MONTH)::DATE AS month, t.tier
FROM customer_tiers AS t
JOIN all_customers AS k USING (number)
JOIN month_ends AS m USING (place)
WHERE m.whole AND (t.tier = 'core' OR t.tier::VARCHAR IN (SELECT unnest(tiers) FROM sla_rules));

-- Steps of a ticket that its row has no column for.
CREATE TEMP TABLE ticket_steps AS
SELECT
    ticket_id,
    min(happened_at) FILTER (kind = 'transferred') AS transferred_at,
    min(happened_at) FILTER (kind = 'resolved') AS solved_at,
    max(happened_at) FILTER (kind = 'reopened') AS reopened_at
FROM events
WHERE kind IN ('transferred', 'resolved', 'reopened')
GROUP BY ticket_id;
