-- Tickets as they are exported, with what the customer wrote.
CREATE VIEW tickets_csv AS
WITH chosen AS (
  SELECT *, getvariable('product_word')[lang][p] AS word,
    pick(getvariable('opener')[lang], u(key, 211)) AS opener,
    pick(getvariable('what')[lang][category], u(key, 212)) AS what,
    CASE WHEN u(key, 213) < 0.8 THEN pick(getvariable('more')[lang][category], u(key, 214)) ELSE '' END AS more,
    CASE WHEN u(key, 215) < 0.2 THEN pick(getvariable('more')[lang][category], u(key, 216)) ELSE '' END AS also,
    pick(getvariable('closer')[lang], u(key, 217)) AS closer,
    CASE WHEN u(key, 218) < 0.06 THEN pick(getvariable('contact')[lang], u(key, 219)) ELSE '' END AS contact,
    CASE WHEN u(key, 220) < 0.08 THEN pick(getvariable('emoji')[lang], u(key, 221)) ELSE '' END AS emoji
  FROM tickets
), joined AS (
  SELECT *, CASE WHEN lang = 3
    THEN opener || CASE WHEN opener LIKE '%, ' THEN what ELSE capital(what) END || more || '.'
    ELSE opener || what || CASE WHEN more <> '' THEN '，' || more ELSE '' END
      || CASE WHEN also NOT IN (more, '') THEN '，' || also ELSE '' END || '。' END || closer || contact || emoji AS words
  FROM chosen
)
SELECT t AS row, format('T{:08d}', t + 1) AS ticket_id, format('C{:07d}', c + 1) AS customer_id,
  CASE WHEN assigned IS NOT NULL THEN format('A{:04d}', agent) END AS agent_id,
  kind, priority, channel, getvariable('category_name')[category] AS category,
  CASE WHEN u(key, 206) < 0.97 THEN getvariable('product_label')[p] END AS product,
  getvariable('team_department')[team] AS department, getvariable('team_name')[team] AS team,
  moment(second) AS opened_at, moment(assigned) AS assigned_at, moment(responded) AS first_response_at,
  moment(fed_back) AS feedback_at, moment(resolved) AS resolved_at, moment(confirmed) AS confirmed_at, moment(closed) AS closed_at,
  NULL AS response_due_at, NULL AS feedback_due_at, NULL AS resolution_due_at,
  NULL AS response_met, NULL AS feedback_met, NULL AS resolution_met,
  reopened AS reopen_count, transfers, escalation AS escalation_level, compensation, satisfaction,
  CASE WHEN u(key, 222) < 0.98 THEN filled(words, key, 223, word, city) END AS text
FROM joined;

-- Pauses of the desk's clock while the customer is to answer: one, or two that overlap; some have not ended.
CREATE VIEW pauses_drawn AS
WITH both_ AS (
  SELECT t, key, pause_from AS started, pause_from + pause_length AS ended, stuck FROM tickets WHERE pauses_once AND responded IS NOT NULL
  UNION ALL
  SELECT t, key + 1, pause_from + pause_length // 2, pause_from + floor(pause_length * 1.3)::BIGINT, stuck
  FROM tickets WHERE pauses_once AND pauses_twice AND responded IS NOT NULL
)
SELECT t, key, started, CASE WHEN NOT (stuck AND u(key, 231) < 0.5) THEN known(ended) END AS ended
FROM both_ WHERE started < getvariable('horizon');
CREATE TABLE pauses AS SELECT * FROM pauses_drawn ORDER BY started, t, ended;
CREATE VIEW pauses_csv AS
SELECT rowid AS row, format('P{:08d}', rowid + 1) AS pause_id, format('T{:08d}', t + 1) AS ticket_id, moment(started) AS started_at, moment(ended) AS ended_at,
  pick(getvariable('pause_reason'), u(key, 232)) AS reason
FROM pauses;
