-- Tickets as they are exported, with what the customer wrote.
CREATE VIEW tickets_csv AS
WITH toned AS (
  -- 1 upset, 2 calm
  SELECT *, CASE WHEN mood + 0.6 * z(key, 210) < CASE kind WHEN 'complaint' THEN 4.1 WHEN 'problem' THEN 3.2 ELSE 1 END
    THEN 1 ELSE 2 END AS tone
  FROM tickets
), chosen AS (
  SELECT *, the('product_word')[lang][p] AS word,
    pick(the('opener')[lang][tone], u(key, 211)) AS opener,
    pick(the('what')[lang][category], u(key, 212)) AS what,
    CASE WHEN u(key, 213) < 0.8 THEN pick(the('more')[lang][category], u(key, 214)) ELSE '' END AS more,
    CASE WHEN u(key, 215) < 0.2 THEN pick(the('more')[lang][category], u(key, 216)) ELSE '' END AS also,
    -- a few tell the whole story
    CASE WHEN u(key, 207) < 0.03 THEN pick(the('what')[lang][category], u(key, 208)) ELSE '' END AS before_that,
    pick(the('closer')[lang][tone], u(key, 217)) AS closer,
    CASE WHEN u(key, 218) < 0.06 THEN pick(the('contact')[lang], u(key, 219)) ELSE '' END AS contact,
    CASE WHEN u(key, 220) < 0.08 THEN pick(the('emoji')[lang], u(key, 221)) ELSE '' END AS emoji
  FROM toned
), joined AS (
  SELECT *, CASE WHEN lang = 3
    THEN opener || CASE WHEN opener LIKE '%, ' THEN what ELSE capital(what) END || more || '.'
      || CASE WHEN before_that NOT IN (what, '') THEN ' Before that, ' || before_that || '.' ELSE '' END
    ELSE opener || what || CASE WHEN more <> '' THEN '，' || more ELSE '' END
      || CASE WHEN also NOT IN (more, '') THEN '，' || also ELSE '' END || '。'
      || CASE WHEN before_that IN (what, '') THEN '' WHEN lang = 1 THEN '之前还有一次，' || before_that || '。'
        ELSE '之前還有一次，' || before_that || '。' END END || closer || contact || emoji AS words
  FROM chosen
)
SELECT t AS row, ticket_name(t) AS ticket_id, customer_name(c) AS customer_id,
  CASE WHEN assigned IS NOT NULL THEN agent_name(agent) END AS agent_id,
  kind, priority, channel, the('category_name')[category] AS category,
  CASE WHEN u(key, 206) < 0.97 THEN the('product_label')[p] END AS product,
  the('team_department')[team] AS department, the('team_name')[team] AS team,
  moment(second) AS opened_at, moment(assigned) AS assigned_at, moment(responded) AS first_response_at,
  moment(fed_back) AS feedback_at, moment(resolved) AS resolved_at, moment(confirmed) AS confirmed_at,
  moment(closed) AS closed_at,
  NULL AS response_due_at, NULL AS feedback_due_at, NULL AS resolution_due_at,
  NULL AS response_met, NULL AS feedback_met, NULL AS resolution_met, NULL AS judged_by,
  reopened AS reopen_count, transfers, escalation AS escalation_level, compensation, satisfaction,
  CASE WHEN u(key, 222) < 0.98 THEN filled(words, key, 223, word, city_of(place, lang, c)) END AS text
FROM joined;
