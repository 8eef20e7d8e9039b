-- Where it hurts: what unhappy customers said in the period, by situation (scenario) and by what was wrong (cause). It
-- counts every complaint, and every other text whose writer is at least as likely unhappy as the policy asks. `weight` is
-- a cell's share of all these texts, times how dissatisfied their writers are on average (taken as 1 where nobody knows);
-- `others` are no complaints.
-- :grain scenario, cause
WITH
unhappy_texts AS (
    SELECT scenario, cause, pool, source, unhappy
    FROM scoped_texts
    WHERE pool = 'complaint' OR unhappy >= (SELECT max(unhappy_from) FROM scoped_demand_rules)
),
cells AS (
    SELECT
        scenario,
        cause,
        count(*) AS n,
        count(*) FILTER (WHERE source = 'ticket') AS tickets,
        count(*) FILTER (WHERE source = 'survey') AS comments,
        count(*) FILTER (WHERE source = 'interaction') AS contacts,
        count(*) FILTER (WHERE pool <> 'complaint') AS others,
        avg(unhappy) AS dissatisfaction
    FROM unhappy_texts
    GROUP BY scenario, cause
)
SELECT
    scenario, cause, n, tickets, comments, contacts, others, dissatisfaction,
    CAST(sum(n) OVER () AS BIGINT) AS texts,
    n / sum(n) OVER () AS share,
    n / sum(n) OVER () * coalesce(dissatisfaction, 1) AS weight
FROM cells
ORDER BY n DESC, scenario, cause
