-- How many rows each table holds and which days they span.
-- :permission everyone — counts of rows, nothing about a customer
SELECT 'customers' AS table_name, count(*) AS n, min(signed_up_on) AS first_day, max(signed_up_on) AS last_day
FROM customers
UNION ALL
SELECT 'agents' AS table_name, count(*) AS n, CAST(NULL AS DATE) AS first_day, CAST(NULL AS DATE) AS last_day
FROM agents
UNION ALL
SELECT 'interactions' AS table_name, count(*) AS n, min(day) AS first_day, max(day) AS last_day
FROM fact_interactions
UNION ALL
SELECT 'tickets' AS table_name, count(*) AS n, min(opened_day) AS first_day, max(opened_day) AS last_day
FROM fact_tickets
UNION ALL
SELECT 'pauses' AS table_name, count(*) AS n, CAST(NULL AS DATE) AS first_day, CAST(NULL AS DATE) AS last_day
FROM pauses
UNION ALL
SELECT 'orders' AS table_name, count(*) AS n, min(day) AS first_day, max(day) AS last_day
FROM fact_orders
UNION ALL
SELECT 'surveys' AS table_name, count(*) AS n, min(day) AS first_day, max(day) AS last_day
FROM fact_surveys
