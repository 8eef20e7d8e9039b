-- How each ticket went. Times are seconds; those behind the horizon are cut off at the very end.
CREATE TABLE ticket_placed AS
WITH told AS (
  SELECT rowid AS t, *, stretch_of(second) AS b, second % 86400 // 3600 AS hour,
    pick(the('product'), u(c * 3 + floor(u(key, 171) * 3)::BIGINT, 109)) AS p,
    pick(the('teams_of')[category], u(c, 28)) AS team
  FROM ticket_base
), reached AS (
  SELECT *, pick(the('agents_of')[team][b + 1], u(key, 172)) AS agent,
    pick(CASE kind WHEN 'complaint' THEN the('priority_complaint') ELSE the('priority_other') END, u(key, 173))
      AS priority,
    pick(CASE WHEN lang = 3 THEN the('channel_english') WHEN hour BETWEEN 9 AND 17 THEN the('channel_day')
      WHEN hour BETWEEN 18 AND 21 THEN the('channel_evening') ELSE the('channel_night') END, u(key, 174)) AS channel,
    team = the('slow_team') AND second >= the('slow_from') * 86400 AS is_slow,
    -- busy weeks are slower, and the desk has become a little faster over the years
    pow(the('level_tickets')[b + 1], 0.5) * (0.92 + 0.006 * b) * exp(0.12 * z(agent, 175)) AS strain
  FROM told
)
SELECT *, CASE
  WHEN kind = 'complaint' AND is_vip THEN 1 WHEN kind = 'complaint' THEN 2 WHEN priority = 'urgent' THEN 3
  WHEN kind = 'enquiry' AND channel = 'chat' THEN 4 WHEN kind = 'enquiry' THEN 5 ELSE 6 END AS class
FROM reached;

CREATE TABLE ticket_timed AS
WITH drawn AS (
  SELECT *,
    around(the('respond_median')[class], the('respond_spread')[class], key, 176)
      * strain * CASE WHEN is_slow THEN the('slow_response') ELSE 1 END AS respond,
    around(the('feed_median')[class], the('feed_spread')[class], key, 177) * strain AS feed,
    around(the('solve_median')[class], the('solve_spread')[class], key, 178)
      * strain * CASE WHEN is_slow THEN the('slow_resolution') ELSE 1 END AS solve,
    CASE WHEN u(key, 179) > CASE WHEN is_slow THEN 0.11 ELSE 0.05 END THEN 0 WHEN u(key, 180) > 0.12 THEN 1 ELSE 2 END
      AS reopened,
    held OR u(key, 184) < CASE WHEN b < 1 THEN 0.022 WHEN b < 4 THEN 0.004 ELSE 0.0002 END AS stuck,
    class <> 4 AND NOT held AND u(key, 181) < CASE WHEN stuck THEN 0.5 ELSE 0.13 END AS pauses_once,
    u(key, 182) < 0.2 AS pauses_twice,
    around(30000, 0.9, key, 183)::BIGINT AS pause_length
  FROM ticket_placed
), worked AS (
  SELECT *, CASE WHEN class = 6 THEN by_day(second + respond, key, 186) ELSE second + greatest(3, respond) END
    AS first_answer
  FROM drawn
), fed AS (
  SELECT *, greatest(first_answer + 60, CASE WHEN class = 4 THEN second + feed ELSE by_day(second + feed, key, 187) END)
    AS first_feedback
  FROM worked
), solved AS (
  SELECT *, reopened * around(60000, 0.6, key, 189) + greatest(first_feedback + 120,
      CASE WHEN class = 4 THEN second + solve ELSE by_day(second + solve, key, 188) END) AS solution
  FROM fed
), paused AS (
  SELECT *, floor(first_answer + (solution - first_answer) * 0.7 * u(key, 190))::BIGINT AS pause_from,
    CASE WHEN NOT pauses_once THEN 0 WHEN pauses_twice THEN floor(pause_length * 1.3)::BIGINT ELSE pause_length END
      AS waited
  FROM solved
), shifted AS (
  SELECT * EXCLUDE (first_feedback),
    first_feedback + CASE WHEN first_feedback > pause_from THEN waited ELSE 0 END AS first_feedback,
    CASE WHEN NOT stuck THEN floor(solution + waited)::BIGINT END AS resolved
  FROM paused
)
SELECT t, c, key, second, category, kind, lang, place, role, p, team, agent, priority, channel, reopened, stuck, held,
  pauses_once, pauses_twice, pause_length, pause_from, floor(first_answer)::BIGINT AS first_answer, resolved,
  -- a stuck ticket may have been answered or not, and fed back or not
  NOT stuck OR (held AND second < the('horizon') - 3600) OR (NOT held AND u(key, 191) < 0.85) AS answered,
  CASE WHEN NOT stuck OR (held AND second < the('horizon') - 86400) OR (NOT held AND u(key, 191) < 0.5)
    THEN floor(first_feedback)::BIGINT END AS fed
FROM shifted;
DROP TABLE ticket_placed;

CREATE TABLE tickets AS
WITH ended AS (
  SELECT *,
    CASE WHEN u(key, 192) < 0.7 AND kind IN ('complaint', 'problem', 'request')
      THEN resolved + around(50000, 0.9, key, 193)::BIGINT END AS confirmed,
    CASE WHEN u(key, 194) < 0.17 THEN 1 + floor(pow(u(key, 195), 4) * 3.4)::BIGINT ELSE 0 END AS transfers,
    coalesce(resolved, the('horizon')) - second AS lasted
  FROM ticket_timed
), judged AS (
  SELECT *,
    CASE WHEN kind NOT IN ('complaint', 'problem') THEN 1
      WHEN u(key, 196) < 0.02 + CASE WHEN lasted > 400000 THEN 0.15 ELSE 0 END THEN 3
      WHEN u(key, 196) < 0.11 + CASE WHEN lasted > 172800 THEN 0.35 ELSE 0 END THEN 2 ELSE 1 END AS escalation,
    4.85 + z(key, 197) * 0.95 - 0.45 * transfers - 0.8 * reopened - least(1.6, lasted / 300000.0)
      - CASE kind WHEN 'complaint' THEN 0.35 ELSE 0 END - CASE role WHEN 'churner' THEN 0.7 ELSE 0 END AS mood
  FROM ended
)
SELECT t, c, key, second, category, kind, lang, place, role, p, team, agent, priority, channel, reopened, transfers,
  escalation, mood, stuck, pauses_once, pauses_twice, pause_length, pause_from,
  CASE WHEN answered OR (NOT held AND u(key, 198) < 0.6)
    THEN known(second + floor(least((first_answer - second) * 0.6, around(90, 0.9, key, 199)))) END AS assigned,
  CASE WHEN answered THEN known(first_answer) END AS responded, known(fed) AS fed_back, known(resolved) AS resolved,
  known(confirmed) AS confirmed,
  -- closed after the customer's word, or by itself: an enquiry after an hour, anything else after three days
  known(CASE WHEN u(key, 200) < 0.97 THEN coalesce(confirmed + around(9000, 0.8, key, 201)::BIGINT,
    resolved + CASE kind WHEN 'enquiry' THEN 3600 ELSE 259200 END + floor(u(key, 202) * 7200)::BIGINT) END) AS closed,
  CASE WHEN resolved < the('horizon') AND u(key, 203) < 0.42 THEN greatest(1, least(5, round(mood)))::BIGINT END
    AS satisfaction,
  CASE WHEN resolved < the('horizon') AND kind = 'complaint' AND u(key, 204) < 0.06 + 0.12 * escalation
    THEN pick(the('compensation'), u(key, 205)) END AS compensation
FROM judged;
DROP TABLE ticket_timed;
