-- Of those first known in a month (or quarter), which share had come so far within so many months: only cohorts for which
-- these months are over at the period's last month-end, and that were first known since there are month-ends.
-- :column by one of month:known_month, quarter:known_quarter = quarter — what makes a cohort
-- :param within int = 6 — months after the one in which a customer was first known
-- :grain cohort
WITH
lives AS (
    SELECT
        $by AS cohort, known_month, activation_after, retention_after, expansion_after, referral_after, churned_after
    FROM scoped_lives
    WHERE day = (SELECT max(day) FROM scoped_month_ends)
),
last_whole AS (
    SELECT min(month) AS first_month, max(month) FILTER (WHERE whole) AS month
    FROM scoped_month_ends
)
SELECT
    lives.cohort, count(*) AS n,
    count(*) FILTER (WHERE activation_after <= $within) / count(*) AS activation,
    count(*) FILTER (WHERE retention_after <= $within) / count(*) AS retention,
    count(*) FILTER (WHERE expansion_after <= $within) / count(*) AS expansion,
    count(*) FILTER (WHERE referral_after <= $within) / count(*) AS referral,
    count(*) FILTER (WHERE churned_after <= $within) / count(*) AS churned
FROM lives
CROSS JOIN last_whole
WHERE lives.known_month >= last_whole.first_month
GROUP BY lives.cohort, last_whole.month
HAVING
    max(12 * extract(YEAR FROM lives.known_month) + extract(MONTH FROM lives.known_month)) + $within
    <= 12 * extract(YEAR FROM last_whole.month) + extract(MONTH FROM last_whole.month)
ORDER BY lives.cohort
