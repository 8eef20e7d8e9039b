-- The lists of past month-ends with what came of them.
CREATE TABLE churn_scores AS
SELECT
    k.customer_id, m.as_of, s.model AS risk, s.recency AS recency_risk, s.signals AS signal_risk,
    CASE WHEN isnan(s.outcome) THEN NULL ELSE s.outcome = 1 END AS outcome,
    t.tier, c.segment, c.region, c.industry
FROM scored_cases AS s
JOIN all_customers AS k USING (number)
JOIN month_ends AS m USING (place)
JOIN customer_tiers AS t ON t.number = s.number AND t.place = s.place
JOIN dim_customer AS c USING (customer_id)
ORDER BY s.place, s.number;

-- For each month-end: which method ranks its list and why (better, found_less, less_sure, unproven, too_few), what the models
-- learnt from, and what each method had shown by then on the past lists of list_size customers.
CREATE TABLE churn_models AS
SELECT
    m.as_of, c.method, c.why, first_end.as_of AS trained_from, last_end.as_of AS trained_until, c.rows, c.churned,
    model_horizon_months() AS horizon_months, model_list_size() AS list_size, c.listed,
    c.model_hits, c.recency_hits, c.signals_hits, c.model_brier, c.recency_brier, c.signals_brier
FROM model_choices AS c
JOIN month_ends AS m USING (place)
LEFT JOIN month_ends AS first_end ON first_end.place = c.first
LEFT JOIN month_ends AS last_end ON last_end.place = c.last
ORDER BY m.as_of;
