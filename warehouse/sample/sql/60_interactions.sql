-- Contacts beside the tickets, in three streams: 0 log-ins, 1 what customers ask, 2 what we start. The key holds
-- customer, stretch and stream, so that the long table stays narrow.
CREATE VIEW contact_rate AS
SELECT c, b, cell, signup, past_day, lang, place, unnest([
    (0.3 + least(tempo, 3)) * present * login_fade * the('level_orders')[b + 1],
    (0.4 + 0.6 * least(tempo, 2)) * present * login_fade * the('level_tickets')[b + 1],
    enrolled]) AS rate, unnest([0, 1, 2]) AS stream
FROM activity;

SET VARIABLE contact_factor = (
  SELECT list(share * the('interactions') * 1e6 / total ORDER BY stream)
  FROM (
    SELECT stream, sum((rate * 1e6)::BIGINT) AS total, [0.42, 0.31, 0.27][stream + 1] AS share
    FROM contact_rate GROUP BY stream)
);

CREATE TABLE contacts AS
WITH counted AS (
  SELECT *, burst(rate * the('contact_factor')[stream + 1], cell * 4 + stream, 301) AS n FROM contact_rate
), each_one AS (
  SELECT *, (cell * 4 + stream) * 64 + unnest(range(n)) AS key FROM counted WHERE n > 0
), dated AS (
  SELECT *,
    pick(CASE stream WHEN 0 THEN the('days_orders')[b + 1] ELSE the('days_tickets')[b + 1] END, u(key, 303)) AS day
  FROM each_one
)
SELECT key, lang, place, clock(since(signup, day, past_day, u(key, 304)),
  CASE stream WHEN 0 THEN the('hours_logins') WHEN 1 THEN the('hours_tickets') ELSE the('hours_office') END,
  key, 305) AS second
FROM dated ORDER BY second, key;

CREATE VIEW interactions_csv AS
WITH split AS (
  SELECT rowid AS row, key, lang, place, second, key >> 14 AS c, (key >> 8) & 63 AS b, (key >> 6) & 3 AS stream,
    second % 86400 // 3600 AS hour
  FROM contacts
), kinds AS (
  SELECT *,
    CASE stream WHEN 0 THEN 'login' WHEN 1 THEN pick(the('inbound'), u(key, 307))
      ELSE pick(the('outbound'), u(key, 307)) END AS kind,
    CASE WHEN stream = 0 THEN pick(the('login_channel'), u(key, 308))
      WHEN stream = 2 THEN pick(the('outbound_channel'), u(key, 308))
      WHEN lang = 3 THEN pick(the('channel_english'), u(key, 308))
      WHEN hour BETWEEN 9 AND 17 THEN pick(the('channel_day'), u(key, 308))
      WHEN hour BETWEEN 18 AND 21 THEN pick(the('channel_evening'), u(key, 308))
      ELSE pick(the('channel_night'), u(key, 308)) END AS channel
  FROM split
), staffed AS (
  SELECT *, stream = 1 AND channel IN ('chat', 'app', 'self_service', 'wecom') AND u(key, 309) < 0.62 AS is_bot,
    pick(the('teams_talk'), u(c, 30)) AS team,
    list_position(the('talk_key'), kind) AS subject,
    pick(the('category'), u(key, 310)) AS category, pick(the('product'), u(c * 3 + key % 3, 109)) AS p,
    channel <> 'phone' OR u(key, 311) < CASE stream WHEN 1 THEN 0.93 ELSE 0.71 END AS connected
  FROM kinds
)
SELECT row, format('I{:09d}', row + 1) AS interaction_id, customer_name(c) AS customer_id,
  CASE WHEN stream > 0 AND NOT is_bot AND kind <> 'marketing' AND connected
    THEN agent_name(pick(the('agents_of')[team][b + 1], u(key, 312))) END AS agent_id,
  moment(second) AS happened_at, channel, kind, CASE stream WHEN 2 THEN 'outbound' ELSE 'inbound' END AS direction,
  CASE WHEN kind = 'login' THEN 'app' WHEN kind IN ('order_help', 'consultation', 'marketing') THEN 'order'
    WHEN kind = 'enquiry' THEN the('category_touchpoint')[category] ELSE 'usage' END AS touchpoint,
  CASE kind WHEN 'enquiry' THEN the('category_name')[category] WHEN 'login' THEN NULL
    ELSE the('product_label')[p] END AS topic,
  is_bot, CASE WHEN stream > 0 THEN connected END AS connected,
  CASE WHEN stream <> 1 THEN NULL WHEN u(key, 313) > CASE WHEN is_bot THEN 0.26 ELSE 0.09 END THEN 0
    WHEN u(key, 314) > 0.2 THEN 1 ELSE 2 END AS transfers,
  CASE WHEN kind <> 'marketing' AND connected THEN
    ceil(around(CASE WHEN is_bot THEN 70 WHEN stream = 0 THEN 150 ELSE 240 END, 0.8, key, 315))::BIGINT END
    AS duration_seconds,
  u(key, 316) < CASE kind WHEN 'marketing' THEN 0.04 WHEN 'consultation' THEN 0.19 WHEN 'care_call' THEN 0.06 END
    AS converted,
  CASE WHEN subject IS NOT NULL AND connected AND u(key, 317) < 0.75 THEN
    filled(pick(the('talk')[lang][subject], u(key, 318)), key, 319, the('product_word')[lang][p], city_of(place, lang, c))
    END AS text
FROM staffed;
