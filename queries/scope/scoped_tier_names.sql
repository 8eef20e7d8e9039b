-- Who the customers at a month-end are: to be joined to the few rows that are shown.
-- :period day
-- :dimensions tier, segment, region, industry
-- :personal customer_name
SELECT
    customer_months.customer_id, customer_months.as_of AS day, dim_customer.name AS customer_name, dim_customer.owner,
    dim_customer.strategic, customer_months.tier, customer_months.segment, customer_months.region,
    customer_months.industry
FROM customer_months
LEFT JOIN dim_customer ON dim_customer.customer_id = customer_months.customer_id
