-- Customers on the list at a month-end and whether they were kept, the latest first: those contacted in the month that followed,
-- and those of the same month-end, tier and score band who were not; `total` counts them all.
-- :period ignored — it looks back over all outreach
-- :param least int = 1 — the signal score from which a customer is on the list
-- :param band int = 20 — so many points make a band of scores
-- :param which one of contacted, others, all = contacted — who was contacted, who was not but compares, or both
-- :param compared one of yes, any = any — only those who have somebody to be compared with
-- :param status text = null — only those of whom people said so
-- :param limit int = 200 — at most so many rows
-- :grain customer_id, listed_day
WITH
strata AS NOT MATERIALIZED (
    SELECT
        *,
        count_if(contacted) OVER same AS spoken_to,
        count_if(NOT contacted) OVER same AS others
    FROM scoped_outreach_results
    WHERE signal_score >= $least AND contacted IS NOT NULL
    WINDOW same AS (PARTITION BY day, tier, floor(signal_score / $band))
)
SELECT
    day AS listed_day, customer_name, customer_id, contacted, local_time(contacted_at) AS contacted_at, tier,
    signal_score AS risk_score, judged_day,
    kept, outreach_status, segment, region, industry, count(*) OVER () AS total
FROM strata
WHERE
    (contacted AND $which <> 'others' OR NOT contacted AND $which <> 'contacted' AND spoken_to > 0)
    AND ($compared = 'any' OR spoken_to > 0 AND others > 0)
    AND chosen(outreach_status, $status)
ORDER BY day DESC, contacted DESC, signal_score DESC, customer_id
LIMIT $limit
