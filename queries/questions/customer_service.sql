-- What service one customer got: tickets that stand open, those of the last 365 days, complaints among them and those with a
-- missed target, the latest contact that we started, and the latest NPS answer.
-- :period ignored — it shows the state as of the data's last day
-- :param customer text = null — which; none when it is not given
-- :grain open_tickets
SELECT
    count(*) FILTER (WHERE is_open) AS open_tickets,
    count(*) FILTER (WHERE event = 'ticket' AND recent) AS tickets,
    count(*) FILTER (WHERE event = 'ticket' AND recent AND kind = 'complaint') AS complaints,
    count(*) FILTER (WHERE is_late AND recent) AS late,
    max(day) FILTER (WHERE event = 'contact' AND direction = 'outbound') AS last_contact_on,
    arg_max(score, happened_at) FILTER (WHERE survey = 'nps' AND score IS NOT NULL) AS nps_score,
    max(day) FILTER (WHERE survey = 'nps' AND score IS NOT NULL) AS answered_on
FROM (
    SELECT *, day > CAST($as_of_day AS DATE) - INTERVAL '365' DAY AS recent
    FROM scoped_customer_events
    WHERE customer_id = CAST($customer AS VARCHAR)
) AS own
