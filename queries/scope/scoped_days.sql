-- The days of the period.
-- :period day
-- :permission everyone — dates only
SELECT day, week, month, quarter, weekday, is_workday, workday_number, holiday
FROM calendar
