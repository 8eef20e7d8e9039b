-- The days, working days and holidays of the team.
-- :permission everyone — dates only
SELECT day, week, month, quarter, weekday, is_workday, workday_number, holiday
FROM calendar
