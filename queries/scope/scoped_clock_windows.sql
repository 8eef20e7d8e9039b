-- When each clock runs: the working hours of every calendar, up to a year after the data's last moment.
-- :permission everyone — dates only
SELECT clock, opens_at, closes_at
FROM clock_windows
