-- Contacts beside the tickets, in three streams: 0 log-ins, 1 what customers ask, 2 what we start. The key holds
-- customer, stretch and stream, so that the long table needs two columns only.
CREATE VIEW contact_rate AS
SELECT c, b, cell, signup, past_day, unnest([
    (0.3 + least(tempo, 3)) * present * login_fade * getvariable('level_orders')[b + 1],
    (0.4 + 0.6 * least(tempo, 2)) * present * login_fade * getvariable('level_tickets')[b + 1],
    enrolled]) AS rate, unnest([0, 1, 2]) AS stream
FROM activity;

SET VARIABLE contact_factor = (
  SELECT list(share * getvariable('interactions') * 1e6 / total ORDER BY stream)
  FROM (SELECT stream, sum((rate * 1e6)::BIGINT) AS total, [0.42, 0.31, 0.27][stream + 1] AS share FROM contact_rate GROUP BY stream)
);

CREATE TABLE contacts AS
WITH counted AS (
  SELECT *, burst(rate * getvariable('contact_factor')[stream + 1], cell * 4 + stream, 301) AS n FROM contact_rate
), each_one AS (
  SELECT signup, past_day, b, stream, (cell * 4 + stream) * 64 + unnest(range(n)) AS key FROM counted WHERE n > 0
), dated AS (
  SELECT *, pick(CASE stream WHEN 0 THEN getvariable('days_orders')[b + 1] ELSE getvariable('days_tickets')[b + 1] END, u(key, 303)) AS day
  FROM each_one
)
SELECT key, clock(CASE WHEN day < signup THEN signup + floor(u(key, 304) * (past_day - signup)) ELSE day END::BIGINT,
  CASE stream WHEN 0 THEN getvariable('hours_logins') WHEN 1 THEN getvariable('hours_tickets') ELSE getvariable('hours_office') END,
  key, 305) AS second
FROM dated ORDER BY second, key;

CREATE VIEW interactions_csv AS
WITH split AS (
  SELECT contacts.rowid AS row, key, second, key >> 14 AS c, (key >> 8) & 63 AS b, (key >> 6) & 3 AS stream,
    second % 86400 // 3600 AS hour
  FROM contacts
), kinds AS (
  SELECT s.*, cu.lang, cu.city,
    CASE stream WHEN 0 THEN 'login' WHEN 1 THEN pick(getvariable('inbound'), u(key, 307)) ELSE pick(getvariable('outbound'), u(key, 307)) END AS kind,
    CASE WHEN stream = 0 THEN pick(getvariable('login_channel'), u(key, 308))
      WHEN stream = 2 THEN pick(getvariable('outbound_channel'), u(key, 308))
      WHEN cu.lang = 3 THEN pick(getvariable('channel_english'), u(key, 308))
      WHEN hour BETWEEN 9 AND 17 THEN pick(getvariable('channel_day'), u(key, 308))
      WHEN hour BETWEEN 18 AND 21 THEN pick(getvariable('channel_evening'), u(key, 308))
      ELSE pick(getvariable('channel_night'), u(key, 308)) END AS channel
  FROM split s JOIN customers cu ON cu.c = s.c
), staffed AS (
  SELECT *, stream = 1 AND channel IN ('chat', 'app', 'self_service', 'wecom') AND u(key, 309) < 0.62 AS is_bot,
    pick(getvariable('teams_talk'), u(c, 30)) AS team,
    list_position(getvariable('talk_key'), kind) AS place,
    pick(getvariable('category'), u(key, 310)) AS category, pick(getvariable('product'), u(c * 3 + key % 3, 109)) AS p,
    CASE WHEN channel <> 'phone' THEN TRUE ELSE u(key, 311) < CASE stream WHEN 1 THEN 0.93 ELSE 0.71 END END AS connected
  FROM kinds
)
SELECT row, format('I{:09d}', row + 1) AS interaction_id, format('C{:07d}', c + 1) AS customer_id,
  CASE WHEN stream > 0 AND NOT is_bot AND kind <> 'marketing' AND connected
    THEN format('A{:04d}', pick(getvariable('agents_of')[team][b + 1], u(key, 312))) END AS agent_id,
  moment(second) AS happened_at, channel, kind, CASE stream WHEN 2 THEN 'outbound' ELSE 'inbound' END AS direction,
  CASE kind WHEN 'login' THEN 'app' WHEN 'order_help' THEN 'order' WHEN 'consultation' THEN 'order' WHEN 'marketing' THEN 'order'
    WHEN 'enquiry' THEN getvariable('category_touchpoint')[category] ELSE 'usage' END AS touchpoint,
  CASE kind WHEN 'enquiry' THEN getvariable('category_name')[category] WHEN 'login' THEN NULL ELSE getvariable('product_label')[p] END AS topic,
  is_bot, CASE WHEN stream > 0 THEN connected END AS connected,
  CASE WHEN stream = 1 THEN CASE WHEN u(key, 313) < CASE WHEN is_bot THEN 0.26 ELSE 0.09 END THEN 1 + (u(key, 314) < 0.2)::INTEGER ELSE 0 END END AS transfers,
  CASE WHEN kind = 'marketing' OR NOT connected THEN NULL ELSE ceil(around(CASE WHEN is_bot THEN 70 WHEN stream = 0 THEN 150 ELSE 240 END, 0.8, key, 315))::BIGINT END AS duration_seconds,
  CASE kind WHEN 'marketing' THEN u(key, 316) < 0.04 WHEN 'consultation' THEN u(key, 316) < 0.19 WHEN 'care_call' THEN u(key, 316) < 0.06 END AS converted,
  CASE WHEN place IS NOT NULL AND connected AND u(key, 317) < 0.75
    THEN filled(pick(getvariable('talk')[lang][place], u(key, 318)), key, 319, getvariable('product_word')[lang][p], city) END AS text
FROM staffed;
