-- Pauses of the desk's clock while the customer is to answer: one, or two that overlap; some have not ended.
CREATE VIEW pauses_drawn AS
WITH both_ AS (
  SELECT t, key, pause_from AS started, pause_from + pause_length AS ended, stuck
  FROM tickets WHERE pauses_once AND responded IS NOT NULL
  UNION ALL
  SELECT t, key + 1, pause_from + pause_length // 2, pause_from + floor(pause_length * 1.3)::BIGINT, stuck
  FROM tickets WHERE pauses_once AND pauses_twice AND responded IS NOT NULL
)
SELECT t, key, started, CASE WHEN NOT (stuck AND u(key, 231) < 0.5) THEN known(ended) END AS ended
FROM both_ WHERE started < the('horizon');
CREATE TABLE pauses AS SELECT * FROM pauses_drawn ORDER BY started, t, ended;
CREATE VIEW pauses_csv AS
SELECT rowid AS row, format('P{:08d}', rowid + 1) AS pause_id, ticket_name(t) AS ticket_id,
  moment(started) AS started_at, moment(ended) AS ended_at, pick(the('pause_reason'), u(key, 232)) AS reason
FROM pauses;
