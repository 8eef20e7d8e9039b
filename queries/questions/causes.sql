-- Causes of the period's complaints by four measures: complaints (tickets of that kind and comments of unhappy customers);
-- tickets among them that missed a target; compensation paid on them; and the value of the customers hit, each once a
-- cause: what the next 12 months were expected to bring as of the month-end before (else what they spent), by their latest
-- complaint. A comment belongs to no ticket of its own, so it misses no target and costs no compensation. The highest by
-- the measure come first, what no rule covers last; `share` and `cumulative` (with those before it) are of all. Each
-- `…_place` is the place by that measure, `mean_place` the mean of the four.
-- :period ignored scoped_complaints_ever
-- :column measure one of complaints:n, breached, compensation, customer_value = complaints — by which they are ordered
-- :param before_start date = null — the first of the days to compare complaints with
-- :param before_end date = null — the last of them
-- :grain cause
WITH
hit AS (
    SELECT
        cause,
        customer_id,
        count(*) AS n,
        count(*) FILTER (WHERE source = 'ticket') AS tickets,
        count(*) FILTER (WHERE breached) AS breached,
        count(*) FILTER (WHERE compensation > 0) AS compensated,
        coalesce(sum(compensation), 0) AS compensation,
        coalesce(max_by(customer_value, text_id) FILTER (WHERE customer_id IS NOT NULL), 0) AS customer_value
    FROM scoped_complaints
    GROUP BY cause, customer_id
),
counted AS (
    SELECT
        cause,
        CAST(sum(n) AS BIGINT) AS n,
        CAST(sum(tickets) AS BIGINT) AS tickets,
        CAST(sum(breached) AS BIGINT) AS breached,
        CAST(sum(compensated) AS BIGINT) AS compensated,
        sum(compensation) AS compensation,
        count(customer_id) AS customers,
        sum(customer_value) AS customer_value
    FROM hit
    GROUP BY cause
),
placed AS (
    SELECT
        *,
        $measure AS measured,
        rank() OVER (PARTITION BY cause IS NULL ORDER BY n DESC) AS n_place,
        rank() OVER (PARTITION BY cause IS NULL ORDER BY breached DESC) AS breached_place,
        rank() OVER (PARTITION BY cause IS NULL ORDER BY compensation DESC) AS compensation_place,
        rank() OVER (PARTITION BY cause IS NULL ORDER BY customer_value DESC) AS customer_value_place
    FROM counted
),
earlier AS (
    SELECT cause, count(*) AS n
    FROM scoped_complaints_ever
    WHERE day >= CAST($before_start AS DATE) AND day <= CAST($before_end AS DATE)
    GROUP BY cause
)
SELECT
    placed.cause, placed.n, placed.tickets, placed.breached, placed.compensated, placed.compensation, placed.customers,
    placed.customer_value, placed.n_place, placed.breached_place, placed.compensation_place, placed.customer_value_place,
    (placed.n_place + placed.breached_place + placed.compensation_place + placed.customer_value_place) / 4 AS mean_place,
    scoped_causes.responsible,
    placed.measured / nullif(sum(placed.measured) OVER (), 0) AS share,
    sum(placed.measured) OVER (
        ORDER BY placed.cause IS NULL, placed.measured DESC, placed.cause
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) / nullif(sum(placed.measured) OVER (), 0) AS cumulative,
    CAST(sum(placed.n) OVER () AS BIGINT) AS complaints,
    coalesce(earlier.n, 0) AS n_before,
    CAST(coalesce((SELECT sum(n) FROM earlier), 0) AS BIGINT) AS complaints_before
FROM placed
LEFT JOIN earlier ON earlier.cause IS NOT DISTINCT FROM placed.cause
LEFT JOIN scoped_causes ON scoped_causes.cause = placed.cause
ORDER BY placed.cause IS NULL, placed.measured DESC, placed.cause
