-- The way of each ticket opened in the period, from opening to resolution (or to the data's last moment), and its parts in
-- minutes, which add up to it; a part that the source does not record is empty.
-- :period day
-- :dimensions tier, segment, region, industry, channel, department, team, product
SELECT
    ticket_id, opened_day AS day, opened_week AS week, opened_month AS month,
    kind, priority, category, persona, tier, segment, region, industry, channel, department, team, product, rule, clock,
    is_open, assignment_minutes, ours_minutes, transferred_minutes, customer_minutes, closed_minutes, whole_minutes
FROM fact_clocks
WHERE stage = 'resolution'
