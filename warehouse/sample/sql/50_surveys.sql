-- Questions sent: about a closed ticket (CSAT), after an order and out of the blue (NPS). About a third are answered.
-- `mean` is what the customer feels on the scale of the survey, before chance.
CREATE VIEW survey_tickets AS
SELECT c, key * 4 AS key, 'csat' AS kind, t, resolved + 1800 + floor(u(key, 251) * 21600)::BIGINT AS sent,
  the('category_touchpoint')[category] AS touchpoint, p, coalesce(satisfaction, mood)::DOUBLE AS mean, FALSE AS sure
FROM tickets WHERE resolved IS NOT NULL AND u(key, 252) < 0.34;

SET VARIABLE order_share = (
  SELECT 0.6 * the('nps_surveys') / count(*) FROM orders WHERE status NOT IN ('placed', 'cancelled')
);
CREATE VIEW survey_orders AS
WITH asked AS (
  SELECT *, pick(the('nps_order_touchpoint'), u(key, 253)) AS touchpoint
  FROM orders WHERE status NOT IN ('placed', 'cancelled') AND u(key, 254) < the('order_share')
)
SELECT c, key * 4 + 1 AS key, 'nps' AS kind, NULL::BIGINT AS t,
  second + floor(u(key, 255) * 150000)::BIGINT
    + CASE touchpoint WHEN 'order' THEN 3600 WHEN 'delivery' THEN 300000 WHEN 'installation' THEN 450000 ELSE 600000 END
    AS sent,
  touchpoint, p, the('nps_mean')[list_position(the('nps_touchpoint'), touchpoint)] AS mean, FALSE AS sure
FROM asked;

SET VARIABLE cell_share = (SELECT 0.4 * the('nps_surveys') / count(*) FROM activity WHERE present > 0.5);
CREATE VIEW survey_cells AS
WITH asked AS (
  SELECT *, cell * 4 + 2 AS key, pick(the('nps_other_touchpoint'), u(cell, 256)) AS touchpoint,
    -- each churner answers once, badly, some time in the last four months
    role IS NOT DISTINCT FROM 'churner' AND b = floor(u(c, 29) * 4)::BIGINT AS sure
  FROM activity WHERE present > 0.5
)
SELECT c, key, 'nps' AS kind, NULL::BIGINT AS t,
  clock(past_day - 1 - CASE WHEN sure THEN 5 ELSE 0 END
    - floor(u(key, 257) * CASE WHEN sure THEN 24 ELSE least(29, past_day - signup) END)::BIGINT,
    the('hours_office'), key, 258) AS sent,
  touchpoint, pick(the('product'), u(c * 3, 109)) AS p,
  the('nps_mean')[list_position(the('nps_touchpoint'), touchpoint)] AS mean, sure
FROM asked WHERE sure OR u(cell, 259) < the('cell_share');

CREATE TABLE surveys AS
WITH sent AS (
  SELECT s.*, cu.lang, cu.place, cu.role, cu.region, s.sent // 86400 AS day
  FROM (FROM survey_tickets UNION ALL FROM survey_orders UNION ALL FROM survey_cells) s JOIN customers cu USING (c)
  WHERE s.sent >= 0 AND s.sent < the('horizon')
), felt AS (
  SELECT *, mean
    - CASE WHEN kind = 'nps' AND touchpoint = the('drop_touchpoint') AND day BETWEEN the('drop_from') AND the('drop_to')
      THEN 1.7 ELSE 0 END
    - CASE WHEN kind = 'nps' AND touchpoint = 'delivery' AND region IS NOT DISTINCT FROM the('surge_region')
      AND day BETWEEN the('surge_from') + 3 AND the('surge_to') + 7 THEN 1.6 ELSE 0 END
    - CASE WHEN kind = 'nps' AND role IS NOT DISTINCT FROM 'churner' AND day >= the('days') - 180 THEN 3.0 ELSE 0 END
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
  SELECT rowid AS row, *, score >= CASE kind WHEN 'csat' THEN 4 ELSE 8 END AS pleased,
    list_position(the('comment_good_key'), CASE kind WHEN 'csat' THEN 'ticket' ELSE touchpoint END) AS subject
  FROM surveys
), heard AS (
  SELECT *,
    CASE WHEN pleased THEN the('comment_good')[lang][subject] ELSE the('comment_bad')[lang][subject] END AS phrases
  FROM told
), said AS (
  SELECT *, CASE WHEN u(key, 263) < CASE WHEN pleased THEN 0.32 ELSE 0.55 END AND score IS NOT NULL THEN
      pick(phrases, u(key, 264))
      || CASE WHEN u(key, 265) > 0.35 THEN '' WHEN lang = 3 THEN '. ' || pick(phrases, u(key, 266))
        ELSE '，' || pick(phrases, u(key, 266)) END
      || CASE WHEN u(key, 267) < 0.07 THEN pick(the('emoji')[lang], u(key, 268)) ELSE '' END END AS words
  FROM heard
)
SELECT row, format('S{:08d}', row + 1) AS survey_id, customer_name(c) AS customer_id, ticket_name(t) AS ticket_id,
  kind, moment(sent) AS sent_at, moment(answered) AS answered_at, score, touchpoint,
  pick(the('survey_channel'), u(key, 269)) AS channel,
  filled(words, key, 270, the('product_word')[lang][p], city_of(place, lang, c)) AS comment
FROM said;
