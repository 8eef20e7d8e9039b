-- The backlog's changes: +1 on the day a ticket was opened, -1 on the day it was resolved or closed, if it is not open.
-- Summed up to a day they give the tickets open at the end of that day.
-- :period day
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    1 AS change, opened_day AS day, opened_week AS week, opened_month AS month, kind, priority, category, tier, segment, region, industry, channel, department, team, product
FROM fact_tickets
UNION ALL
SELECT
    -1 AS change,
    least(resolved_day, closed_day) AS day,
    CAST(date_trunc('week', least(resolved_day, closed_day)) AS DATE) AS week,
    CAST(date_trunc('month', least(resolved_day, closed_day)) AS DATE) AS month,
    kind, priority, category, tier, segment, region, industry, channel, department, team, product
FROM fact_tickets
WHERE NOT is_open
