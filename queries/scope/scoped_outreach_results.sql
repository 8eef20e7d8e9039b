-- What became of customers: one row per customer and whole month-end at which the customer had ordered and had not churned, if it
-- is known whether he had churned three month-ends later (`kept`: not). `contacted`: somebody first spoke to the customer in the
-- month that followed; empty when somebody had done so before. Who was spoken to later still counts as not contacted: to
-- leave such customers out would choose by what came after. Tier and score are those of the month-end. The period does not apply.
-- :dimensions tier, segment, region, industry
-- :personal customer_name
SELECT
    months.customer_id, customers.name AS customer_name, months.as_of AS day, later.as_of AS judged_day,
    later.stage <> 'churned' AS kept, months.signal_score,
    CASE
        WHEN written.contacted_at IS NULL THEN false
        WHEN date_trunc('month', written.contacted_at AT TIME ZONE 'UTC' AT TIME ZONE $zone) <= months.month THEN NULL
        ELSE date_trunc('month', written.contacted_at AT TIME ZONE 'UTC' AT TIME ZONE $zone)
            = months.month + INTERVAL 1 MONTH
    END AS contacted,
    written.contacted_at, written.status AS outreach_status, months.tier, months.segment, months.region, months.industry
FROM customer_months AS months
JOIN customer_months AS later
    ON later.customer_id = months.customer_id AND later.month = CAST(months.month + INTERVAL 3 MONTH AS DATE)
LEFT JOIN outreach AS written ON written.customer_id = months.customer_id
LEFT JOIN dim_customer AS customers ON customers.customer_id = months.customer_id
WHERE months.whole AND later.whole AND months.stage NOT IN ('acquisition', 'churned')
