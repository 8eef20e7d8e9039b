-- Customers who may leave, the highest risk first (or the highest score, or the most at risk), as of the data's last day.
-- `risk` is the probability that they leave within the policy's horizon, for those who can still be kept; `risk_score` the sum
-- of the weights of the signals that fire, `signals` its parts: signal:weight:now:usual:threshold:days, parted by blanks.
-- `why`, packed alike, are those of the risk where a model gives it, else the signals.
-- `total` counts all that match. A masked name is not found: the search is held against what is shown.
-- :period ignored — it shows the state as of the data's last day
-- :param which one of worth, keep, silent, all = worth — only those worth a call; of these only who can still be kept, or who
--   is already silent beyond their own limit; or all with any signal
-- :param signal text = null — only those for whom this signal fires
-- :param owner text = null — only those of this owner
-- :param search text = null — only those whose name, number or owner holds this, in small letters or capitals
-- :column sort one of risk, score, value:value_at_risk = risk — what ranks them
-- :param limit int = 200 — at most so many rows
-- :grain customer_id
WITH
matching AS NOT MATERIALIZED (
    SELECT *
    FROM scoped_watch
    WHERE
        ($which = 'all' OR worth_a_call)
        AND ($which <> 'keep' OR standing <> 'silent')
        AND ($which <> 'silent' OR standing = 'silent')
        AND chosen(owner, $owner)
        AND (
            CAST($signal AS VARCHAR) IS NULL
            OR contains(concat(' ', signals), concat(' ', CAST($signal AS VARCHAR), ':'))
        )
        AND (
            CAST($search AS VARCHAR) IS NULL
            OR contains(
                lower(concat(coalesce(customer_name, ''), ' ', customer_id, ' ', coalesce(owner, ''))),
                lower(CAST($search AS VARCHAR))
            )
        )
)
SELECT
    CAST(risk AS DOUBLE) AS risk, horizon_months, standing, score AS risk_score, is_vip, customer_name, customer_id, owner, tier, value_at_risk,
    coalesce(reasons, signals) AS why, signals, action, last_order_day, orders AS orders_ever, segment, region, industry, count(*) OVER () AS total
FROM matching
ORDER BY $sort DESC NULLS LAST, score DESC, value_at_risk DESC, customer_id
LIMIT $limit
