-- The weeks around one action's first day (`week` 0 begins with it): complaints of its cause within its limits (`n`), and
-- those there of all causes on which no action began in the weeks compared (`others`). A week with neither has no row; the last
-- one may not be over.
-- :period ignored — it looks at the weeks around the action
-- :param action text = null — the action
-- :param weeks int = 8 — so many weeks are compared on either side
-- :param most int = 34 — so many weeks before it, and as many after
-- :grain week
WITH
acts AS (
    SELECT *, epoch(CAST(starts_on AS TIMESTAMP)) AS begins
    FROM scoped_cause_actions
    WHERE action_id = $action
),
busy AS (
    SELECT DISTINCT others.cause
    FROM acts
    JOIN scoped_cause_actions AS others
        ON abs(epoch(CAST(others.starts_on AS TIMESTAMP)) - acts.begins) < $weeks * 604800
        AND others.action_status <> 'dropped'
        AND coalesce(others.only_region = acts.only_region, true)
        AND coalesce(others.only_product = acts.only_product, true)
        AND coalesce(others.only_channel = acts.only_channel, true)
),
dated AS (
    SELECT
        CAST(floor((epoch(CAST(complaints.day AS TIMESTAMP)) - acts.begins) / 604800) AS INTEGER) AS week,
        complaints.cause = acts.cause AS own
    FROM acts
    JOIN scoped_complaints_ever AS complaints
        ON (acts.only_region IS NULL OR complaints.region = acts.only_region)
        AND (acts.only_product IS NULL OR complaints.product = acts.only_product)
        AND (acts.only_channel IS NULL OR complaints.channel = acts.only_channel)
    LEFT JOIN busy ON busy.cause = complaints.cause
    WHERE complaints.day IS NOT NULL AND (complaints.cause = acts.cause OR complaints.cause IS NOT NULL AND busy.cause IS NULL)
)
SELECT
    week,
    count(*) FILTER (WHERE own) AS n,
    count(*) FILTER (WHERE NOT own) AS others
FROM dated
WHERE week >= -$most AND week < $most
GROUP BY week
ORDER BY week
