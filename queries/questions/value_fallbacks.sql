-- For how many month-ends, from the first to the last, a simpler rule stands in for a model, and why.
-- :grain why
SELECT why, count(*) AS months, min(day) AS first_day, max(day) AS last_day
FROM scoped_value_models
WHERE why IS NOT NULL
GROUP BY why
ORDER BY max(day) DESC, why
