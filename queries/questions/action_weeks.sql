-- The weeks around one action's first day (`week` 0 begins with it): complaints of its cause within its limits (`n`), and
-- those of all other known causes there (`others`). A week with neither has no row; the last one may not be over.
-- :period ignored — it looks at the weeks around the action
-- :param action text = null — the action
-- :param most int = 34 — so many weeks before it, and as many after
-- :grain week
WITH
acts AS (
    SELECT *, epoch(CAST(starts_on AS TIMESTAMP)) AS begins
    FROM scoped_cause_actions
    WHERE action = $action
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
    WHERE complaints.cause IS NOT NULL AND complaints.day IS NOT NULL
)
SELECT
    week,
    count(*) FILTER (WHERE own) AS n,
    count(*) FILTER (WHERE NOT own) AS others
FROM dated
WHERE week >= -$most AND week < $most
GROUP BY week
ORDER BY week
