-- Customers who may leave, the highest risk first (or the most to lose, the highest score, the most at risk), as of the data's last day.
-- `risk` is the probability that they leave within the policy's horizon, for those who can still be kept; `risk_score` the sum
-- of the weights of the signals that fire, `signals` its parts: signal:weight:now:usual:threshold:days, parted by blanks.
-- `why`, packed alike, are those of the risk where a model gives it, else the signals.
-- `days_left`: until they would count as silent. `consent` says refused where they do not want to be contacted.
-- `outreach_status` and `next_date` are what people wrote last. `total` counts all that match. A masked name is not found: the search is held against what is shown.
-- :period ignored — it shows the state as of the data's last day
-- :param which one of worth, keep, silent, all = worth — only those worth a call; of these only who can still be kept, or who
--   is already silent beyond their own limit; or all with any signal
-- :param signal text = null — only those for whom this signal fires
-- :param owner text = null — only those of this owner
-- :param search text = null — only those whose name, number or owner holds this, in small letters or capitals
-- :param outreach one of any, todo, new, due = any — whoever; all but those whose outreach came to an end after the day `rested`; only
--   those of whom no talk is written down; only those whose next step is due
-- :param rested date = null — whose outreach ended after this day is left alone
-- :param today date = null — the reader's day
-- :column sort one of risk, loss, score, value:value_at_risk = risk — what ranks them; loss is risk times value at risk
-- :param limit int = 200 — at most so many rows
-- :grain customer_id
WITH
matching AS NOT MATERIALIZED (
    SELECT *, risk * value_at_risk AS loss
    FROM scoped_watch
    LEFT JOIN (
        SELECT customer_id AS written_of, outreach_status, next_date, outreach_status IN ('retained', 'lost', 'wrong_alarm') AS ended,
            CAST(local_time(written_at) AS DATE) AS written_on
        FROM scoped_outreach
    ) AS written ON written_of = customer_id
    WHERE
        ($which = 'all' OR worth_a_call)
        AND ($which <> 'keep' OR standing <> 'silent')
        AND ($which <> 'silent' OR standing = 'silent')
        AND ($outreach <> 'new' OR outreach_status IS NULL OR outreach_status = 'planned')
        AND ($outreach <> 'todo' OR NOT coalesce(ended AND written_on > CAST($rested AS DATE), false))
        AND ($outreach <> 'due' OR NOT ended AND next_date <= CAST($today AS DATE))
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
    CAST(risk AS DOUBLE) AS risk, horizon_months, standing, score AS risk_score, is_vip, customer_name, customer_id, owner, tier, value_at_risk, days_left,
    CASE WHEN NOT consent THEN 'refused' END AS consent, coalesce(reasons, signals) AS why, signals, action, outreach_status, next_date, last_order_day, orders AS orders_ever, segment, region, industry, count(*) OVER () AS total
FROM matching
ORDER BY $sort DESC NULLS LAST, score DESC, value_at_risk DESC, customer_id
LIMIT $limit
