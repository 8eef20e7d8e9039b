-- Contacts in the period, one row each.
-- :period day
-- :dimensions tier, segment, region, industry, channel, department, team
SELECT
    interaction_id, customer_id, agent_id, happened_at, day, week, month, kind, direction, touchpoint, topic, persona,
    is_bot, connected, transfers, duration_seconds, converted,
    tier, segment, region, industry, channel, department, team
FROM fact_interactions
