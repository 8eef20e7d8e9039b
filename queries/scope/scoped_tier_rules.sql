-- The tier rules by which the published tiers were decided.
-- :permission everyone — the team's own rules
SELECT
    place, tier, is_default, recency_min, recency_max, frequency_min, frequency_max, monetary_min, monetary_max,
    past_value_min, past_value_max
FROM tier_rules
