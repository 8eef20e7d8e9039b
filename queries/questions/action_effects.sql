-- Did actions on causes work? Complaints of the cause, within the action's limits, in as many whole weeks after its first day as
-- there are and in equally many before it (`before`, `after`, `ratio`); the same for all causes on which no action began in
-- those weeks (`others_…`); and the ratio of both ratios, `beyond`: what is left when the general course is taken out.
-- Intervals: the logarithm of a ratio of counts has the variance dispersion * (1 / before + 1 / after), the dispersion being
-- Pearson's from the weekly counts, at least 1 (McCullagh and Nelder, Generalized Linear Models, 2nd ed., 6.2); Student's t with
-- 2 * weeks - 2 degrees of freedom by the series 26.7.5 of Abramowitz and Stegun. An empty side counts as half a complaint.
-- `usual` is the weekly number in the weeks before those compared; `unusual`: `before` was above half as much again, beyond chance.
-- A fall after such weeks is told apart (`back`): it would have come, at least in part, without any action.
-- `alongside`: other actions on the same cause that began in those weeks.
-- :period ignored — it looks at the weeks around each action
-- :param most int = 8 — no more weeks than this on either side
-- :param least int = 3 — with fewer it is too early
-- :param usual int = 26 — so many weeks before those compared tell what was usual
-- :param few int = 20 — with fewer complaints on both sides nothing is concluded
-- :param action text = null — only this action
-- :grain action_id
WITH
reach AS (
    SELECT min(epoch(CAST(day AS TIMESTAMP))) AS begins, epoch(CAST($as_of_day AS TIMESTAMP)) + 86400 AS ends
    FROM scoped_complaints_ever
),
begun AS (
    SELECT
        action_id, cause, action_status, only_region, only_product, only_channel,
        epoch(CAST(starts_on AS TIMESTAMP)) AS begins,
        floor((reach.ends - epoch(CAST(starts_on AS TIMESTAMP))) / 604800) AS weeks_after,
        floor((epoch(CAST(starts_on AS TIMESTAMP)) - reach.begins) / 604800) AS weeks_before,
        $least * 7 - (reach.ends - epoch(CAST(starts_on AS TIMESTAMP))) / 86400 AS days_more
    FROM scoped_cause_actions
    CROSS JOIN reach
),
acts AS (
    SELECT *, CASE WHEN weeks_after >= 0 AND weeks_before >= 0 THEN least($most, weeks_after, weeks_before) END AS weeks
    FROM begun
),
busy AS (
    SELECT acts.action_id, others.cause, count(*) FILTER (WHERE others.action_id <> acts.action_id) AS alongside
    FROM acts
    JOIN acts AS others
        ON abs(others.begins - acts.begins) < acts.weeks * 604800
        AND (others.action_id = acts.action_id OR others.action_status <> 'dropped')
        AND coalesce(others.only_region = acts.only_region, true)
        AND coalesce(others.only_product = acts.only_product, true)
        AND coalesce(others.only_channel = acts.only_channel, true)
    GROUP BY acts.action_id, others.cause
),
daily AS (
    SELECT cause, day, region, product, channel, count(*) AS n
    FROM scoped_complaints_ever
    WHERE cause IS NOT NULL AND day IS NOT NULL
    GROUP BY cause, day, region, product, channel
),
weekly AS (
    SELECT
        acts.action_id, daily.cause = acts.cause AS own, acts.weeks, least($usual, acts.weeks_before - acts.weeks) AS earlier,
        floor((epoch(CAST(daily.day AS TIMESTAMP)) - acts.begins) / 604800) AS week, CAST(sum(daily.n) AS DOUBLE) AS n
    FROM acts
    JOIN daily
        ON (acts.only_region IS NULL OR daily.region = acts.only_region)
        AND (acts.only_product IS NULL OR daily.product = acts.only_product)
        AND (acts.only_channel IS NULL OR daily.channel = acts.only_channel)
    LEFT JOIN busy ON busy.action_id = acts.action_id AND busy.cause = daily.cause
    WHERE acts.weeks > 0 AND (daily.cause = acts.cause OR busy.cause IS NULL)
    GROUP BY acts.action_id, own, acts.weeks, earlier, week
),
sums AS (
    SELECT
        action_id, weeks, earlier,
        coalesce(sum(n) FILTER (WHERE own AND week >= -weeks AND week < 0), 0) AS b,
        coalesce(sum(n) FILTER (WHERE own AND week >= 0 AND week < weeks), 0) AS a,
        sum(n * n) FILTER (WHERE own AND week >= -weeks AND week < 0) AS b_squares,
        sum(n * n) FILTER (WHERE own AND week >= 0 AND week < weeks) AS a_squares,
        coalesce(sum(n) FILTER (WHERE NOT own AND week >= -weeks AND week < 0), 0) AS ob,
        coalesce(sum(n) FILTER (WHERE NOT own AND week >= 0 AND week < weeks), 0) AS oa,
        sum(n * n) FILTER (WHERE NOT own AND week >= -weeks AND week < 0) AS ob_squares,
        sum(n * n) FILTER (WHERE NOT own AND week >= 0 AND week < weeks) AS oa_squares,
        coalesce(sum(n) FILTER (WHERE own AND week < -weeks AND week >= -weeks - earlier), 0) AS u
    FROM weekly
    GROUP BY action_id, weeks, earlier
),
spread AS (
    SELECT
        *,
        nullif(2 * weeks - 2, 0) AS df,
        CASE WHEN least(a, b) = 0 THEN 0.5 ELSE 0 END AS half,
        CASE WHEN least(oa, ob) = 0 THEN 0.5 ELSE 0 END AS others_half,
        greatest(1, (
            coalesce(weeks * b_squares / nullif(b, 0) - b, 0) + coalesce(weeks * a_squares / nullif(a, 0) - a, 0)
        ) / nullif(2 * weeks - 2, 0)) AS dispersion,
        greatest(1, (
            coalesce(weeks * ob_squares / nullif(ob, 0) - ob, 0) + coalesce(weeks * oa_squares / nullif(oa, 0) - oa, 0)
        ) / nullif(2 * weeks - 2, 0)) AS others_dispersion
    FROM sums
),
logs AS (
    SELECT
        *,
        1.959964 + 2.372271 / df + 2.822499 / (df * df) + 2.555850 / (df * df * df) AS t,
        ln((a + half) / (b + half)) AS own_log,
        dispersion * (1 / (a + half) + 1 / (b + half)) AS own_variance,
        ln((oa + others_half) / (ob + others_half)) AS others_log,
        others_dispersion * (1 / (oa + others_half) + 1 / (ob + others_half)) AS others_variance
    FROM spread
),
told AS (
    SELECT
        *,
        exp(own_log - others_log - t * sqrt(own_variance + others_variance)) AS beyond_low,
        exp(own_log - others_log + t * sqrt(own_variance + others_variance)) AS beyond_high,
        coalesce(
            b > 0 AND u > 0
            AND ln(b / weeks) - ln(u / earlier) > greatest(ln(1.5), 1.959964 * sqrt(dispersion * (1 / b + 1 / u))), false
        ) AS unusual
    FROM logs
)
SELECT
    acts.action_id,
    CASE
        WHEN acts.action_status = 'dropped' THEN 'dropped'
        WHEN acts.weeks_after IS NULL AND acts.begins IS NOT NULL THEN 'undated'
        WHEN acts.begins IS NULL OR acts.weeks_after < 0 THEN 'not_begun'
        WHEN acts.weeks_after < $least THEN 'early'
        WHEN acts.weeks_before < $least THEN 'no_before'
        WHEN told.action_id IS NULL OR a + b < $few THEN 'few'
        WHEN oa + ob < $few THEN 'alone'
        WHEN beyond_high < 1 AND unusual THEN 'back'
        WHEN beyond_high < 1 THEN 'fell'
        WHEN beyond_low > 1 THEN 'rose'
        ELSE 'chance'
    END AS verdict,
    CAST(acts.days_more AS INTEGER) AS days_more,
    CAST(acts.weeks AS INTEGER) AS weeks,
    CAST(b AS BIGINT) AS before, CAST(a AS BIGINT) AS after,
    exp(own_log) AS ratio, exp(own_log - t * sqrt(own_variance)) AS low, exp(own_log + t * sqrt(own_variance)) AS high,
    CAST(ob AS BIGINT) AS others_before, CAST(oa AS BIGINT) AS others_after,
    exp(others_log) AS others_ratio,
    exp(own_log - others_log) AS beyond, beyond_low, beyond_high,
    dispersion, others_dispersion,
    u / nullif(earlier, 0) AS usual,
    coalesce(unusual, false) AS unusual,
    coalesce(busy.alongside, 0) AS alongside
FROM acts
LEFT JOIN told ON told.action_id = acts.action_id
LEFT JOIN busy ON busy.action_id = acts.action_id AND busy.cause = acts.cause
WHERE chosen(acts.action_id, $action)
ORDER BY acts.begins DESC NULLS LAST, acts.action_id
