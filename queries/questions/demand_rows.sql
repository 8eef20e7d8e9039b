-- What unhappy customers said, the latest first, as the heatmap of demand counts it: complaints, and other texts whose
-- writer is at least as likely unhappy as the policy asks. Times are the team's clock; `total` counts them all.
-- :param scenario text = null — only in this situation
-- :param cause text = null — only of this cause
-- :param limit int = 200 — at most so many rows
-- :grain text_id
WITH
matching AS NOT MATERIALIZED (
    SELECT *
    FROM scoped_texts
    WHERE
        (pool = 'complaint' OR unhappy >= (SELECT max(unhappy_from) FROM scoped_demand_rules))
        AND chosen(scenario, $scenario)
        AND chosen(cause, $cause)
),
first_rows AS (
    SELECT *, (SELECT count(*) FROM matching) AS total
    FROM matching
    ORDER BY day DESC NULLS LAST, text_id DESC
    LIMIT $limit
)
SELECT
    texts.text_id,
    local_time(texts.said_at) AS said_at,
    texts.source,
    written.text,
    texts.cause, texts.scenario, CAST(texts.unhappy AS DOUBLE) AS unhappy,
    written.customer_name, texts.customer_id, texts.tier, texts.is_vip, texts.ticket_id,
    texts.channel, texts.region, texts.department, texts.team, texts.product,
    texts.total
FROM first_rows AS texts
LEFT JOIN scoped_written AS written
    ON written.source = texts.source AND written.said_id = coalesce(texts.survey_id, texts.interaction_id, texts.ticket_id)
ORDER BY texts.day DESC NULLS LAST, texts.text_id DESC
