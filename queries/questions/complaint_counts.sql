-- What is read as a complaint here: tickets of that kind (and how many have a text), comments of unhappy customers, both
-- together as texts; and over all dates how many there are, and how many without a date.
-- :period ignored scoped_complaints_ever
-- :grain tickets
WITH
ever AS (SELECT count(*) AS n, count(*) FILTER (WHERE day IS NULL) AS undated FROM scoped_complaints_ever)
SELECT
    count(*) FILTER (WHERE source = 'ticket') AS tickets,
    count(*) FILTER (WHERE source = 'ticket' AND has_text) AS tickets_with_text,
    count(*) FILTER (WHERE source = 'survey') AS comments,
    metric('complaint_texts') AS texts,
    (SELECT max(n) FROM ever) AS ever,
    (SELECT max(undated) FROM ever) AS undated
FROM scoped_complaints
