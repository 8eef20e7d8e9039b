-- Of those who first ordered in a month (or quarter), which share ordered again in the months after: `after` counts them
-- from the month of each customer's own first order, which is 0. Only months that are over for all of the cohort, up to
-- the period's last month-end.
-- :column by one of month:cohort, quarter = quarter — what makes a cohort
-- :grain cohort, after
WITH
ordered AS (
    SELECT $by AS cohort, after, count(*) AS customers, max(cohort) AS last_month
    FROM scoped_order_months
    WHERE day = (SELECT max(day) FROM scoped_month_ends)
    GROUP BY $by, after
),
cohorts AS (
    SELECT cohort, max(customers) FILTER (WHERE after = 0) AS n, max(last_month) AS last_month
    FROM ordered
    GROUP BY cohort
),
cells AS (
    SELECT
        cohorts.cohort, cohorts.n,
        12 * (extract(YEAR FROM ends.month) - extract(YEAR FROM cohorts.last_month))
        + extract(MONTH FROM ends.month) - extract(MONTH FROM cohorts.last_month) AS after
    FROM cohorts
    JOIN scoped_month_ends AS ends ON ends.month >= cohorts.last_month
    WHERE ends.whole
)
SELECT
    cells.cohort, CAST(cells.after AS INTEGER) AS after, cells.n,
    coalesce(ordered.customers, 0) AS customers,
    coalesce(ordered.customers, 0) / cells.n AS share
FROM cells
LEFT JOIN ordered ON ordered.cohort = cells.cohort AND ordered.after = cells.after
ORDER BY cells.cohort, cells.after
