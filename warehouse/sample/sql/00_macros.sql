-- Randomness without state: every draw is a hash of a row's own key, a salt that says what is drawn, and the seed.
-- So the same seed gives the same rows in whatever order and on however many threads they are computed.
-- Salts below 500 are free for use; a normal draw also takes salt + 500.
CREATE MACRO the(name) AS getvariable(name);
CREATE MACRO u(key, salt) AS hash(key * 1009 + salt + the('seed')) / 18446744073709551616.0;
CREATE MACRO z(key, salt) AS sqrt(-2 * ln(1 - u(key, salt))) * cos(2 * pi() * u(key, salt + 500));
CREATE MACRO pick(list, x) AS list[1 + floor(x * len(list))::INTEGER];
-- How many events a rate brings: random, often 0, on average the rate itself; below 64 to fit into a key.
CREATE MACRO burst(rate, key, salt) AS least(63, floor(rate * -ln(1 - u(key, salt)) + u(key, salt + 1)))::BIGINT;

-- Until they are written, times are seconds since the first midnight; what lies behind the horizon is not known yet.
CREATE MACRO known(second) AS CASE WHEN second < the('horizon') THEN second::BIGINT END;
CREATE MACRO moment(second) AS make_timestamp(the('origin') + second * 1000000);
CREATE MACRO clock(day, hours, key, salt) AS
  day * 86400 + pick(hours, u(key, salt)) * 3600 + floor(u(key, salt + 1) * 3600)::BIGINT;
-- A day before the customer signed up is moved to one after it, in the same stretch.
CREATE MACRO since(signup, day, past_day, x) AS
  CASE WHEN day < signup THEN signup + floor(x * (past_day - signup)) ELSE day END::BIGINT;
-- Nobody finishes work at night: what falls before 8:00 is done between 8:00 and 10:00.
CREATE MACRO by_day(second, key, salt) AS
  CASE WHEN second % 86400 < 28800 THEN second - second % 86400 + 28800 + floor(u(key, salt) * 7200) ELSE second END;
-- Lognormal around a median.
CREATE MACRO around(median, spread, key, salt) AS median * exp(spread * z(key, salt));
-- The stretch of 30 days, counted back from the last day, to which a second belongs.
CREATE MACRO stretch_of(second) AS (the('days') - 1 - second // 86400) // 30;

-- Fills the slots of a text fragment.
CREATE MACRO filled(words, key, salt, product, city) AS
  replace(replace(replace(replace(replace(replace(words,
    '{product}', product),
    '{n}', (2 + floor(u(key, salt) * 8))::INTEGER::VARCHAR),
    '{d}', (1000 + floor(u(key, salt + 1) * 9000))::INTEGER::VARCHAR),
    '{money}', (10 * (1 + floor(u(key, salt + 2) * u(key, salt) * 60)))::INTEGER::VARCHAR),
    '{order}', 'O' || (1000000 + floor(u(key, salt + 3) * 9000000))::INTEGER::VARCHAR),
    '{city}', city);
-- How rows are named.
CREATE MACRO customer_name(c) AS format('C{:07d}', c + 1);
CREATE MACRO agent_name(agent) AS format('A{:04d}', agent);
CREATE MACRO ticket_name(t) AS format('T{:08d}', t + 1);
CREATE MACRO capital(words) AS upper(words[1]) || words[2:];
