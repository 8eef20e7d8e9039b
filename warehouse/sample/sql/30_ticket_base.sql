-- Who writes when, about what: the ordinary tickets, those of the planted surge, and a few that keep the queue alive.
CREATE VIEW ticket_rate AS
SELECT c, b, cell, signup, past_day, role,
  CASE WHEN role IS NULL THEN (0.4 + 0.6 * least(tempo, 2)) * present * getvariable('level_tickets')[b + 1]
    ELSE ticket_fade END AS rate
FROM activity;

SET VARIABLE ticket_factor = (SELECT getvariable('tickets') * 1e6 / sum((rate * 1e6)::BIGINT) FROM ticket_rate);

CREATE TABLE ticket_drawn AS
WITH counted AS (
  SELECT *, CASE WHEN role IS NULL THEN burst(rate * getvariable('ticket_factor'), cell, 151)
    ELSE floor(rate + u(cell, 151))::BIGINT END AS n
  FROM ticket_rate
), each_one AS (
  SELECT c, b, signup, past_day, role, cell * 64 + unnest(range(n)) AS key FROM counted WHERE n > 0
), dated AS (
  SELECT *, pick(getvariable('days_tickets')[b + 1], u(key, 153)) AS day,
    role IS NOT DISTINCT FROM 'churner' AND b < 6 AND u(key, 154) < 0.85 AS upset
  FROM each_one
)
SELECT c, key, clock(CASE WHEN day < signup THEN signup + floor(u(key, 155) * (past_day - signup)) ELSE day END::BIGINT,
    getvariable('hours_tickets'), key, 156) AS second,
  pick(CASE WHEN upset THEN getvariable('upset_category') ELSE getvariable('category') END, u(key, 158)) AS category, upset
FROM dated;

CREATE TABLE ticket_usual AS
SELECT c, key, second, category,
  CASE WHEN upset THEN 'complaint' ELSE pick(getvariable('kinds_of')[category], u(key, 159)) END AS kind, FALSE AS held
FROM ticket_drawn;

-- The surge: so many times the monthly mean of the last year on top, from customers of that region.
SET VARIABLE surge_extra = (
  SELECT round((getvariable('surge_factor') - 1) * count(*) / 12)::BIGINT
  FROM ticket_usual JOIN customers USING (c)
  WHERE kind = 'complaint' AND category = getvariable('surge_category') AND region = getvariable('surge_region')
    AND second >= (getvariable('days') - 360) * 86400
);
CREATE TABLE surge_customers AS
SELECT c, row_number() OVER (ORDER BY c) - 1 AS place FROM customers
WHERE region = getvariable('surge_region') AND role IS NULL
  AND signup < getvariable('surge_from') AND coalesce(leaves, 1e9) > getvariable('surge_to');
CREATE VIEW ticket_surge AS
WITH extra AS (SELECT (1::BIGINT << 40) + unnest(range(getvariable('surge_extra'))) AS key)
SELECT c, key, clock(getvariable('surge_from') + floor(u(key, 160) * (getvariable('surge_to') - getvariable('surge_from') + 1))::BIGINT,
    getvariable('hours_tickets'), key, 156) AS second,
  getvariable('surge_category') AS category, 'complaint' AS kind, FALSE AS held
FROM extra JOIN surge_customers ON place = floor(u(key, 161) * (SELECT count(*) FROM surge_customers))::BIGINT;

-- Complaints of important customers that fall due within minutes or hours of the horizon.
CREATE VIEW ticket_queue AS
WITH ages AS (
  SELECT unnest(getvariable('queue_minutes')) AS minutes, generate_subscripts(getvariable('queue_minutes'), 1) AS place
), important AS (
  SELECT c, row_number() OVER (ORDER BY strategic DESC, u(c, 27), c) AS place FROM customers
  WHERE is_vip AND role IS NULL AND signup < getvariable('days') - 200 AND leaves > getvariable('days')
)
SELECT c, (1::BIGINT << 41) + place AS key, getvariable('horizon') - minutes * 60 - floor(u(place, 162) * 50)::BIGINT AS second,
  pick(getvariable('upset_category'), u(place, 163)) AS category, 'complaint' AS kind, TRUE AS held
FROM ages JOIN important USING (place);

CREATE TABLE ticket_base AS
SELECT * FROM (FROM ticket_usual UNION ALL FROM ticket_surge UNION ALL FROM ticket_queue) ORDER BY second, key;
DROP TABLE ticket_drawn;
