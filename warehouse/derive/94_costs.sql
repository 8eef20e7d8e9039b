-- What each complaint costs: whether its ticket missed a target, the compensation paid on it, and the value of its customer
-- as of the month-end before: what the next 12 months were expected to bring, else what was spent in the policy's window.
-- Of a customer who was not known yet it is the first month-end after; of a complaint without a date, the last one that is over.
CREATE TEMP TABLE text_costs AS
WITH targets AS (
    SELECT ticket_id, bool_or(state <> 'met') AS breached
    FROM fact_clocks
    WHERE state IN ('met', 'breached', 'overdue')
    GROUP BY ticket_id
), worth AS (
    SELECT
        customer_id, month, coalesce(clv, spend) AS customer_value,
        min(month) OVER (PARTITION BY customer_id) AS first_month
    FROM customer_months
)
SELECT t.text_id, c.breached, f.compensation, w.customer_value
FROM all_texts AS t
LEFT JOIN targets AS c ON t.source = 'ticket' AND c.ticket_id = t.ticket_id
LEFT JOIN fact_tickets AS f ON t.source = 'ticket' AND f.ticket_id = t.ticket_id
LEFT JOIN worth AS w
    ON w.customer_id = t.customer_id
    AND w.month = greatest(w.first_month, date_trunc('month', coalesce(t.day, local(as_of())::DATE)) - INTERVAL 1 MONTH)
WHERE t.pool = 'complaint';
