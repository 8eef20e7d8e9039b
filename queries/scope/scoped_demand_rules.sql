-- Which texts the heatmap of demand counts beside complaints.
-- :permission everyone — the team's own policy
SELECT unhappy_from
FROM demand_rules
