-- Questions sent: about a closed ticket (CSAT), after an order and out of the blue (NPS). About a third are answered.
-- `mean` is what the customer feels on the scale of the survey, before chance.
CREATE VIEW survey_tickets AS
SELECT c, key * 4 AS key, 'csat' AS kind, t, resolved + 1800 + floor(u(key, 251) * 21600)::BIGINT AS sent,
  getvariable('category_touchpoint')[category] AS touchpoint, p, coalesce(satisfaction, mood)::DOUBLE AS mean, FALSE AS sure
FROM tickets WHERE resolved IS NOT NULL AND u(key, 252) < 0.34;

SET VARIABLE order_share = (SELECT 0.6 * getvariable('nps_surveys') / count(*) FROM orders WHERE status NOT IN ('placed', 'cancelled'));
CREATE VIEW survey_orders AS
WITH asked AS (
  SELECT *, pick(getvariable('nps_order_touchpoint'), u(key, 253)) AS touchpoint
  FROM orders WHERE status NOT IN ('placed', 'cancelled') AND u(key, 254) < getvariable('order_share')
)
SELECT c, key * 4 + 1 AS key, 'nps' AS kind, NULL::BIGINT AS t,
  second + CASE touchpoint WHEN 'order' THEN 3600 WHEN 'delivery' THEN 300000 WHEN 'installation' THEN 450000 ELSE 600000 END
    + floor(u(key, 255) * 150000)::BIGINT AS sent,
  touchpoint, p, getvariable('nps_mean')[list_position(getvariable('nps_touchpoint'), touchpoint)] AS mean, FALSE AS sure
FROM asked;

SET VARIABLE cell_share = (SELECT 0.4 * getvariable('nps_surveys') / count(*) FROM activity WHERE present > 0.5);
CREATE VIEW survey_cells AS
WITH asked AS (
  SELECT *, cell * 4 + 2 AS key, pick(getvariable('nps_other_touchpoint'), u(cell, 256)) AS touchpoint,
    -- each churner answers once, badly, some time in the last four months
    role IS NOT DISTINCT FROM 'churner' AND b = floor(u(c, 29) * 4)::BIGINT AS sure
  FROM activity WHERE present > 0.5
)
SELECT c, key, 'nps' AS kind, NULL::BIGINT AS t,
  clock(past_day - 1 - floor(u(key, 257) * CASE WHEN sure THEN 24 ELSE least(29, past_day - greatest(signup, past_day - 29)) END)::BIGINT
    - CASE WHEN sure THEN 5 ELSE 0 END, getvariable('hours_office'), key, 258) AS sent,
  touchpoint, pick(getvariable('product'), u(c * 3, 109)) AS p, getvariable('nps_mean')[list_position(getvariable('nps_touchpoint'), touchpoint)] AS mean, sure
FROM asked WHERE sure OR u(cell, 259) < getvariable('cell_share');

CREATE TABLE surveys AS
WITH sent AS (
  SELECT s.*, cu.lang, cu.city, cu.role, cu.region, s.sent // 86400 AS day
  FROM (FROM survey_tickets UNION ALL FROM survey_orders UNION ALL FROM survey_cells) s JOIN customers cu USING (c)
  WHERE s.sent >= 0 AND s.sent < getvariable('horizon')
), felt AS (
  SELECT *, mean
    - CASE WHEN kind = 'nps' AND touchpoint = getvariable('drop_touchpoint') AND day BETWEEN getvariable('drop_from') AND getvariable('drop_to')
      THEN 1.7 ELSE 0 END
    - CASE WHEN kind = 'nps' AND touchpoint = 'delivery' AND region IS NOT DISTINCT FROM getvariable('surge_region')
      AND day BETWEEN getvariable('surge_from') + 3 AND getvariable('surge_to') + 7 THEN 1.6 ELSE 0 END
    - CASE WHEN kind = 'nps' AND role IS NOT DISTINCT FROM 'churner' AND day >= getvariable('days') - 180 THEN 3.0 ELSE 0 END
    + CASE WHEN kind = 'nps' AND role IS NOT DISTINCT FROM 'riser' THEN 1.0 ELSE 0 END
    + z(key, 260) * CASE kind WHEN 'nps' THEN 2.0 ELSE 0.15 END AS feeling,
    CASE WHEN sure OR u(key, 261) < 0.36 THEN known(sent + around(16000, 1.3, key, 262)) END AS answered
  FROM sent
)
SELECT * EXCLUDE (mean, feeling, role, region, day, answered), answered,
  CASE WHEN answered IS NULL THEN NULL
    WHEN kind = 'csat' THEN greatest(1, least(5, round(feeling)))
    WHEN sure THEN greatest(0, least(5, round(feeling)))
    ELSE greatest(0, least(10, round(feeling))) END::BIGINT AS score
FROM felt ORDER BY sent, key;

CREATE VIEW surveys_csv AS
WITH told AS (
  SELECT rowid AS row, *, list_position(getvariable('comment_good_key'), CASE kind WHEN 'csat' THEN 'ticket' ELSE touchpoint END) AS place,
    score >= CASE kind WHEN 'csat' THEN 4 ELSE 8 END AS pleased
  FROM surveys
), said AS (
  SELECT *, CASE WHEN u(key, 263) < CASE WHEN pleased THEN 0.32 ELSE 0.55 END AND score IS NOT NULL THEN
      pick(CASE WHEN pleased THEN getvariable('comment_good')[lang][place] ELSE getvariable('comment_bad')[lang][place] END, u(key, 264))
      || CASE WHEN u(key, 265) < 0.35 THEN CASE lang WHEN 3 THEN '. ' ELSE '，' END
        || pick(CASE WHEN pleased THEN getvariable('comment_good')[lang][place] ELSE getvariable('comment_bad')[lang][place] END, u(key, 266)) ELSE '' END
      || CASE WHEN u(key, 267) < 0.07 THEN pick(getvariable('emoji')[lang], u(key, 268)) ELSE '' END END AS words
  FROM told
)
SELECT row, format('S{:08d}', row + 1) AS survey_id, format('C{:07d}', c + 1) AS customer_id, format('T{:08d}', t + 1) AS ticket_id,
  kind, moment(sent) AS sent_at, moment(answered) AS answered_at, score, touchpoint,
  pick(getvariable('survey_channel'), u(key, 269)) AS channel,
  filled(words, key, 270, getvariable('product_word')[lang][p], city) AS comment
FROM said;
