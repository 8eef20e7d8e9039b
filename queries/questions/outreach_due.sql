-- Outreach that is not over, by owner: steps overdue, due on the day, due within seven days after it, due later, and without a
-- date; most overdue first.
-- :period ignored — it shows how things stand
-- :param today date = null — the reader's day
-- :param limit int = 100 — at most so many owners
-- :grain outreach_owner
SELECT
    outreach_owner,
    count(*) FILTER (WHERE next_date < CAST($today AS DATE)) AS overdue,
    count(*) FILTER (WHERE next_date = CAST($today AS DATE)) AS today,
    count(*) FILTER (
        WHERE next_date > CAST($today AS DATE) AND next_date <= CAST($today AS DATE) + INTERVAL 7 DAY
    ) AS week,
    count(*) FILTER (WHERE next_date > CAST($today AS DATE) + INTERVAL 7 DAY) AS later,
    count(*) FILTER (WHERE next_date IS NULL) AS undated,
    count(*) AS customers
FROM scoped_outreach
WHERE outreach_status IN ('planned', 'contacted', 'offer_made')
GROUP BY outreach_owner
ORDER BY overdue DESC, today DESC, week DESC, customers DESC, outreach_owner NULLS LAST
LIMIT $limit
