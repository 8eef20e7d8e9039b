-- Customers with outreach and how it stands, the next step first. Times are the team's clock; `total` counts them all.
-- :period ignored — it shows how things stand
-- :param reached one of begun, contacted, offer_made = begun — how far it has come at least
-- :param status text = null — only those who stand so
-- :param owner text = null — only those of this owner
-- :param reason text = null — only those who left for this reason
-- :param tier text = null — only this tier
-- :param due one of any, open, now, overdue, today, week, later, undated = any — only what is not over: all of it, or by its next
--     step: overdue or due on the day, one of both, within seven days after it, later, or without a date
-- :param today date = null — the reader's day
-- :param limit int = 200 — at most so many rows
-- :grain customer_id
WITH
told AS NOT MATERIALIZED (
    SELECT
        *,
        CASE
            WHEN next_date IS NULL THEN 'undated'
            WHEN next_date < CAST($today AS DATE) THEN 'overdue'
            WHEN next_date = CAST($today AS DATE) THEN 'today'
            WHEN next_date <= CAST($today AS DATE) + INTERVAL 7 DAY THEN 'week'
            ELSE 'later'
        END AS falls
    FROM scoped_outreach
)
SELECT
    next_date, customer_name, customer_id, outreach_status, outreach_owner, hide_personal(note) AS note, tier,
    leaving_reason, hide_personal(reason_text) AS reason_text, author, local_time(written_at) AS written_at,
    local_time(contacted_at) AS contacted_at, entries, segment, region, industry, count(*) OVER () AS total
FROM told
WHERE
    ($reached = 'begun' OR $reached = 'contacted' AND contacted_at IS NOT NULL OR $reached = 'offer_made' AND offered)
    AND chosen(outreach_status, $status)
    AND chosen(outreach_owner, $owner)
    AND chosen(leaving_reason, $reason)
    AND chosen(tier, $tier)
    AND (
        $due = 'any'
        OR outreach_status IN ('planned', 'contacted', 'offer_made')
        AND (falls = CAST($due AS VARCHAR) OR $due = 'open' OR $due = 'now' AND falls IN ('overdue', 'today'))
    )
ORDER BY next_date NULLS LAST, written_at DESC, customer_id
LIMIT $limit
