-- Which share of customers is still with us so many days after the first order, as of the period's last month-end: the
-- Kaplan-Meier estimate with its 95 % interval (Greenwood, log-log), at the last day of each step at which anybody
-- churned or was last seen. `at_risk`: with us until then. `churned`: so far. Who churned and came back is with us. The tier
-- is that of the first month-end after the first order: today's rests on whether somebody stayed.
-- :column by one of all:everybody, tier:first_tier, segment = all — a curve for each
-- :param step int = 7 — days that a point stands for
-- :grain value, life_days
WITH
lives AS (
    SELECT 'all' AS everybody, CAST(first_tier AS VARCHAR) AS first_tier, CAST(segment AS VARCHAR) AS segment, life_days, ended
    FROM scoped_lives
    WHERE day = (SELECT max(day) FROM scoped_month_ends) AND first_order_day IS NOT NULL
),
counted AS (
    SELECT $by AS value, life_days, count(*) AS leave, count(*) FILTER (WHERE ended) AS died
    FROM lives
    GROUP BY $by, life_days
),
risks AS (
    SELECT *, sum(leave) OVER (PARTITION BY value ORDER BY life_days DESC) AS at_risk
    FROM counted
),
sums AS (
    SELECT
        value, life_days, at_risk,
        sum(died) OVER so_far AS churned,
        sum(CASE WHEN died < at_risk THEN ln(1 - died / at_risk) END) OVER so_far AS log_share,
        sum(CASE WHEN died < at_risk THEN died / (at_risk * (at_risk - died)) END) OVER so_far AS variance,
        max(CASE WHEN died = at_risk THEN 1 ELSE 0 END) OVER so_far AS nobody,
        row_number() OVER (PARTITION BY value, ceil(life_days / $step) ORDER BY life_days DESC) AS place
    FROM risks
    WINDOW so_far AS (PARTITION BY value ORDER BY life_days)
)
SELECT
    value, life_days, at_risk, churned,
    CASE WHEN nobody = 1 THEN 0 ELSE exp(coalesce(log_share, 0)) END AS share,
    CASE
        WHEN nobody = 0 AND log_share < 0 THEN exp(log_share * exp(1.959963984540054 * sqrt(variance) / -log_share))
    END AS low,
    CASE
        WHEN nobody = 0 AND log_share < 0 THEN exp(log_share * exp(1.959963984540054 * sqrt(variance) / log_share))
    END AS high
FROM sums
WHERE place = 1
ORDER BY value, life_days
