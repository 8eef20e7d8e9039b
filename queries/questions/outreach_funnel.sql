-- How far outreach has come: customers about whom anybody wrote, who were spoken to, who were made an offer, and as what it ended.
-- :period ignored — it shows how things stand
-- :grain begun
SELECT
    count(*) AS begun,
    count(contacted_at) AS contacted,
    count(*) FILTER (WHERE offered) AS offer_made,
    count(*) FILTER (WHERE outreach_status = 'retained') AS retained,
    count(*) FILTER (WHERE outreach_status = 'lost') AS lost,
    count(*) FILTER (WHERE outreach_status = 'wrong_alarm') AS wrong_alarm,
    min(local_time(begun_at)) AS since
FROM scoped_outreach
