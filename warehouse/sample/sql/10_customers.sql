-- One row per customer, numbered from 0 in the order of signing up. `signup` and `leaves` are day numbers;
-- `tempo` is the usual number of orders in 30 days, `worth` a factor on what they spend.
CREATE TABLE customers AS
WITH drawn AS (
  SELECT c, (c + 0.5) / getvariable('customers') AS place,
    u(c, 1) < getvariable('business') AS is_business,
    CASE WHEN u(c, 2) < 0.98 THEN pick(getvariable('region'), u(c, 3)) END AS region,
    pick(getvariable('pace_class'), u(c, 4)) AS pace
  FROM range(getvariable('customers')) r(c)
), placed AS (
  SELECT *,
    (CASE WHEN place < getvariable('existing') THEN -1 - 1300 * pow(1 - place / getvariable('existing'), 1.3)
      ELSE (getvariable('days') - 5) * (place - getvariable('existing')) / (1 - getvariable('existing')) END)::INTEGER AS signup,
    CASE
      WHEN region LIKE 'Overseas%' THEN 3
      WHEN region LIKE 'Hong Kong%' THEN CASE WHEN u(c, 5) < 0.9 THEN 2 ELSE 3 END
      WHEN u(c, 5) < 0.025 THEN 3 ELSE 1 END AS lang
  FROM drawn
), ranked AS (
  SELECT *,
    row_number() OVER (PARTITION BY signup < getvariable('days') - 430 AND pace <> 'occasional' ORDER BY u(c, 6), c) AS old_rank,
    row_number() OVER (PARTITION BY signup < getvariable('days') - 430 AND pace = 'occasional' ORDER BY u(c, 7), c) AS slow_rank
  FROM placed
), cast_ AS (
  SELECT * EXCLUDE (old_rank, slow_rank),
    CASE
      WHEN signup >= getvariable('days') - 430 THEN NULL
      WHEN pace <> 'occasional' AND old_rank <= getvariable('churners') THEN 'churner'
      WHEN pace = 'occasional' AND slow_rank <= getvariable('risers') THEN 'riser' END AS role
  FROM ranked
)
SELECT c::BIGINT AS c, format('C{:07d}', c + 1) AS customer_id, signup, lang, region, role, is_business,
  CASE WHEN role IS NULL THEN greatest(signup, 0) - ln(1 - u(c, 8)) * CASE pace
    WHEN 'loyal' THEN getvariable('stay_loyal') WHEN 'regular' THEN getvariable('stay_regular')
    ELSE getvariable('stay_occasional') END END AS leaves,
  CASE WHEN role IS NOT NULL THEN 1.0 ELSE exp(0.4 * z(c, 9)) * CASE WHEN is_business THEN 1.5 ELSE 1 END * CASE pace
    WHEN 'loyal' THEN getvariable('pace_loyal') WHEN 'regular' THEN getvariable('pace_regular')
    ELSE getvariable('pace_occasional') END END AS tempo,
  exp(0.35 * z(c, 10)) * CASE WHEN is_business THEN 1.4 ELSE 1 END AS worth,
  -- whom the service desk puts first: a fair guess of who is core or strategic
  is_business AND u(c, 11) < getvariable('strategic') AS strategic, tempo >= 0.5 OR strategic AS is_vip,
  CASE
    WHEN is_business THEN pick(getvariable('cities')[1][list_position(getvariable('region_name'), coalesce(region, 'East 华东'))], u(c, 12))
      || pick(getvariable('company'), u(c, 13)) || pick(getvariable('company'), u(c, 14)) || pick(getvariable('company_end'), u(c, 15))
    WHEN lang = 3 THEN pick(getvariable('first_en'), u(c, 13)) || ' ' || pick(getvariable('last_en'), u(c, 14))
    WHEN lang = 2 THEN pick(getvariable('surname_hant'), u(c, 13)) || pick(getvariable('given_one_hant'), u(c, 14))
      || pick(getvariable('given_two_hant'), u(c, 15))
    ELSE pick(getvariable('surname_zh'), u(c, 13)) || CASE WHEN u(c, 16) < 0.8 THEN pick(getvariable('given_one_zh'), u(c, 14)) ELSE '' END
      || pick(getvariable('given_two_zh'), u(c, 15)) END AS name,
  pick(getvariable('cities')[CASE lang WHEN 3 THEN 2 ELSE 1 END][list_position(getvariable('region_name'), coalesce(region, 'East 华东'))], u(c, 12)) AS city,
  pick(CASE WHEN is_business THEN getvariable('segment_business') ELSE getvariable('segment_private') END, u(c, 17)) AS segment,
  CASE WHEN NOT is_business THEN 'Households 家庭' WHEN u(c, 18) < 0.95 THEN pick(getvariable('industry'), u(c, 19)) END AS industry,
  CASE WHEN u(c, 20) < 0.96 THEN pick(getvariable('persona'), u(c, 21)) END AS persona,
  CASE WHEN is_business OR u(c, 22) < 0.7 THEN pick(getvariable('owners'), u(c, 23)) END AS owner,
  (getvariable('first') + signup)::DATE AS signed_up_on,
  CASE WHEN NOT is_business AND u(c, 24) < 0.8
    THEN (DATE '1950-01-01' + (365.25 * 54 * sqrt(u(c, 25)))::INTEGER)::DATE END AS birthday,
  u(c, 26) < 0.78 AS consent
FROM cast_ ORDER BY c;

CREATE VIEW customers_csv AS SELECT *, rowid AS row FROM customers;

-- Customer by stretch of 30 days: which part of it they were with us, and what their planted role does to each stream.
CREATE VIEW activity AS
SELECT c, b, signup, role, tempo, is_vip, c * 64 + b AS cell,
  getvariable('days') - 30 * b AS past_day,
  greatest(0, least(getvariable('days') - 30 * b, coalesce(leaves, 1e9))
    - greatest(getvariable('days') - 30 * b - 30, signup, 0)) / 30.0 AS present,
  greatest(0, getvariable('days') - 30 * b - greatest(getvariable('days') - 30 * b - 30, signup, 0)) / 30.0 AS enrolled,
  role_rate(role, 'orders', b) AS order_fade, role_rate(role, 'logins', b) AS login_fade,
  role_rate(role, 'tickets', b) AS ticket_fade
FROM customers, range((getvariable('days') + 29) // 30) s(b)
WHERE signup < getvariable('days') - 30 * b;
