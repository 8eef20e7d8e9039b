-- Who writes when, about what: the ordinary tickets, those of the planted surge, and a few that keep the queue alive.
CREATE VIEW ticket_rate AS
SELECT c, b, cell, signup, past_day, role, lang, place, is_vip,
  CASE WHEN role IS NULL THEN (0.4 + 0.6 * least(tempo, 2)) * present * the('level_tickets')[b + 1]
    ELSE ticket_fade END AS rate
FROM activity;

SET VARIABLE ticket_factor = (SELECT the('tickets') * 1e6 / sum((rate * 1e6)::BIGINT) FROM ticket_rate);

CREATE TABLE ticket_drawn AS
WITH counted AS (
  SELECT *, CASE WHEN role IS NULL THEN burst(rate * the('ticket_factor'), cell, 151)
    ELSE floor(rate + u(cell, 151))::BIGINT END AS n
  FROM ticket_rate
), each_one AS (
  SELECT *, cell * 64 + unnest(range(n)) AS key FROM counted WHERE n > 0
), dated AS (
  SELECT *, pick(the('days_tickets')[b + 1], u(key, 153)) AS day,
    role IS NOT DISTINCT FROM 'churner' AND b < 6 AND u(key, 154) < 0.85 AS upset
  FROM each_one
)
SELECT c, key, lang, place, role, is_vip,
  clock(since(signup, day, past_day, u(key, 155)),
    the('hours_tickets'), key, 156) AS second,
  pick(CASE WHEN upset THEN the('upset_category') ELSE the('category') END, u(key, 158)) AS category, upset
FROM dated;

CREATE TABLE ticket_usual AS
SELECT c, key, lang, place, role, is_vip, second, category,
  CASE WHEN upset THEN 'complaint' ELSE pick(the('kinds_of')[category], u(key, 159)) END AS kind, FALSE AS held
FROM ticket_drawn;

-- The surge: so many times the monthly mean of the last year on top, from customers of that region.
SET VARIABLE surge_extra = (
  SELECT round((the('surge_factor') - 1) * count(*) / 12)::BIGINT
  FROM ticket_usual JOIN customers USING (c)
  WHERE kind = 'complaint' AND category = the('surge_category') AND region = the('surge_region')
    AND second >= (the('days') - 360) * 86400
);
CREATE TABLE surge_customers AS
SELECT *, row_number() OVER (ORDER BY c) - 1 AS turn FROM customers
WHERE region = the('surge_region') AND role IS NULL
  AND signup < the('surge_from') AND coalesce(leaves, 1e9) > the('surge_to');
CREATE VIEW ticket_surge AS
WITH extra AS (SELECT (1::BIGINT << 40) + unnest(range(the('surge_extra'))) AS key)
SELECT c, key, lang, place, role, is_vip,
  clock(the('surge_from') + floor(u(key, 160) * (the('surge_to') - the('surge_from') + 1))::BIGINT,
    the('hours_tickets'), key, 156) AS second,
  the('surge_category') AS category, 'complaint' AS kind, FALSE AS held
FROM extra JOIN surge_customers ON turn = floor(u(key, 161) * (SELECT count(*) FROM surge_customers))::BIGINT;

-- Complaints of important customers that fall due within minutes or hours of the horizon.
CREATE VIEW ticket_queue AS
WITH ages AS (
  SELECT unnest(the('queue_minutes')) AS minutes, generate_subscripts(the('queue_minutes'), 1) AS turn
), important AS (
  SELECT *, row_number() OVER (ORDER BY strategic DESC, u(c, 27), c) AS turn FROM customers
  WHERE is_vip AND role IS NULL AND signup < the('days') - 200 AND leaves > the('days')
)
SELECT c, (1::BIGINT << 41) + turn AS key, lang, place, role, is_vip,
  the('horizon') - minutes * 60 - floor(u(turn, 162) * 50)::BIGINT AS second,
  pick(the('upset_category'), u(turn, 163)) AS category, 'complaint' AS kind, TRUE AS held
FROM ages JOIN important USING (turn);

CREATE TABLE ticket_base AS
SELECT * FROM (FROM ticket_usual UNION ALL FROM ticket_surge UNION ALL FROM ticket_queue) ORDER BY second, key;
DROP TABLE ticket_drawn;
