-- Customers at two month-ends who changed tier, one row for each pair of them, with the scores that explain it: the
-- fewest that, put back to what they were, give the tier of before (tier_reasons). Of each such score, whether the
-- customer's own value went that way (up, down), or only the limits did, which follow the other customers (limit).
-- First: the customer had never ordered before, and so had no scores. Filters take the later tier.
-- :period day
-- :dimensions tier, segment, region, industry
SELECT
    later.customer_id, later.as_of AS day, earlier.as_of AS day_before, earlier.tier AS tier_before,
    CASE
        WHEN earlier.r IS NULL THEN 'first'
        ELSE concat_ws(
            ' ',
            CASE WHEN why.recency THEN CASE
                WHEN later.r < earlier.r AND later.recency_days > earlier.recency_days THEN 'r_down'
                WHEN later.r > earlier.r AND later.recency_days < earlier.recency_days THEN 'r_up'
                ELSE 'r_limit'
            END END,
            CASE WHEN why.frequency THEN CASE
                WHEN later.f < earlier.f AND later.orders < earlier.orders THEN 'f_down'
                WHEN later.f > earlier.f AND later.orders > earlier.orders THEN 'f_up'
                ELSE 'f_limit'
            END END,
            CASE WHEN why.monetary THEN CASE
                WHEN later.m < earlier.m AND later.spend < earlier.spend THEN 'm_down'
                WHEN later.m > earlier.m AND later.spend > earlier.spend THEN 'm_up'
                ELSE 'm_limit'
            END END,
            CASE WHEN why.past_value THEN CASE
                WHEN later.p < earlier.p AND later.past_value < earlier.past_value THEN 'p_down'
                WHEN later.p > earlier.p AND later.past_value > earlier.past_value THEN 'p_up'
                ELSE 'p_limit'
            END END
        )
    END AS why,
    later.tier, later.segment, later.region, later.industry
FROM customer_months AS later
JOIN customer_months AS earlier ON earlier.customer_id = later.customer_id
LEFT JOIN score_kinds AS kind_now ON kind_now.scores = 1000 * later.r + 100 * later.f + 10 * later.m + later.p
LEFT JOIN score_kinds AS kind_then ON kind_then.scores = 1000 * earlier.r + 100 * earlier.f + 10 * earlier.m + earlier.p
LEFT JOIN tier_reasons AS why ON why.kind_before = kind_then.kind AND why.kind = kind_now.kind
WHERE later.tier <> earlier.tier
