-- The city where customer c lives, in the words of language `lang`; `place` is the number of the region.
CREATE MACRO city_of(place, lang, c) AS
  pick(the('cities')[CASE lang WHEN 3 THEN 2 ELSE 1 END][place], u(c, 12));

-- One row per customer, numbered from 0 in the order of signing up. `signup` and `leaves` are day numbers;
-- `tempo` is the usual number of orders in 30 days, `worth` a factor on what they spend, `place` the region's number.
CREATE TABLE customers AS
WITH drawn AS (
  SELECT c, (c + 0.5) / the('customers') AS along,
    u(c, 1) < the('business') AS is_business,
    CASE WHEN u(c, 2) < 0.98 THEN pick(the('region'), u(c, 3)) END AS region,
    pick(the('pace_class'), u(c, 4)) AS pace
  FROM range(the('customers')) r(c)
), placed AS (
  SELECT *, coalesce(list_position(the('region_name'), region), 1)::TINYINT AS place,
    (CASE WHEN along < the('existing') THEN -1 - 1300 * pow(1 - along / the('existing'), 1.3)
      ELSE (the('days') - 5) * (along - the('existing')) / (1 - the('existing')) END)::INTEGER AS signup,
    CASE
      WHEN region LIKE 'Overseas%' THEN 3
      WHEN region LIKE 'Hong Kong%' THEN CASE WHEN u(c, 5) < 0.9 THEN 2 ELSE 3 END
      WHEN u(c, 5) < 0.025 THEN 3 ELSE 1 END::TINYINT AS lang
  FROM drawn
), ranked AS (
  SELECT *,
    row_number() OVER (PARTITION BY settled AND pace <> 'occasional' ORDER BY u(c, 6), c) AS frequent_rank,
    row_number() OVER (PARTITION BY settled AND pace = 'occasional' ORDER BY u(c, 7), c) AS rare_rank
  FROM (SELECT *, signup < the('days') - 430 AS settled FROM placed)
), cast_ AS (
  SELECT * EXCLUDE (frequent_rank, rare_rank),
    CASE
      WHEN NOT settled THEN NULL
      WHEN pace <> 'occasional' AND frequent_rank <= the('churners') THEN 'churner'
      WHEN pace = 'occasional' AND rare_rank <= the('risers') THEN 'riser' END AS role
  FROM ranked
)
SELECT c::BIGINT AS c, customer_name(c) AS customer_id, signup, lang, place, region, role, is_business,
  CASE WHEN role IS NULL THEN greatest(signup, 0) - ln(1 - u(c, 8)) * CASE pace
    WHEN 'loyal' THEN the('stay_loyal') WHEN 'regular' THEN the('stay_regular')
    ELSE the('stay_occasional') END END AS leaves,
  CASE WHEN role IS NOT NULL THEN 1.0 ELSE exp(0.4 * z(c, 9)) * CASE WHEN is_business THEN 1.5 ELSE 1 END * CASE pace
    WHEN 'loyal' THEN the('pace_loyal') WHEN 'regular' THEN the('pace_regular')
    ELSE the('pace_occasional') END END AS tempo,
  exp(0.35 * z(c, 10)) * CASE WHEN is_business THEN 1.4 ELSE 1 END AS worth,
  -- whom the service desk puts first: a fair guess of who is core or strategic
  is_business AND u(c, 11) < the('strategic') AS strategic, tempo >= 0.5 OR strategic AS is_vip,
  CASE
    WHEN is_business THEN city_of(place, 1, c) || pick(the('company'), u(c, 13))
      || pick(the('company'), u(c, 14)) || pick(the('company_end'), u(c, 15))
    WHEN lang = 3 THEN pick(the('first_en'), u(c, 13)) || ' ' || pick(the('last_en'), u(c, 14))
    WHEN lang = 2 THEN pick(the('surname_hant'), u(c, 13)) || pick(the('given_one_hant'), u(c, 14))
      || pick(the('given_two_hant'), u(c, 15))
    ELSE pick(the('surname_zh'), u(c, 13))
      || CASE WHEN u(c, 16) < 0.8 THEN pick(the('given_one_zh'), u(c, 14)) ELSE '' END
      || pick(the('given_two_zh'), u(c, 15)) END AS name,
  pick(CASE WHEN is_business THEN the('segment_business') ELSE the('segment_private') END, u(c, 17)) AS segment,
  CASE WHEN NOT is_business THEN 'Households 家庭'
    WHEN u(c, 18) < 0.95 THEN pick(the('industry'), u(c, 19)) END AS industry,
  CASE WHEN u(c, 20) < 0.96 THEN pick(the('persona'), u(c, 21)) END AS persona,
  CASE WHEN is_business OR u(c, 22) < 0.7 THEN pick(the('owners'), u(c, 23)) END AS owner,
  (the('first') + signup)::DATE AS signed_up_on,
  CASE WHEN NOT is_business AND u(c, 24) < 0.8
    THEN (DATE '1950-01-01' + (365.25 * 54 * sqrt(u(c, 25)))::INTEGER)::DATE END AS birthday,
  u(c, 26) < 0.78 AS consent
FROM cast_ ORDER BY c;

CREATE VIEW customers_csv AS SELECT *, rowid AS row FROM customers;

-- Customer by stretch of 30 days: which part of it they were with us, and what their planted role does to each stream.
CREATE VIEW activity AS
SELECT c, b, c * 64 + b AS cell, signup, role, lang, place, tempo, worth, is_vip, is_business,
  the('days') - 30 * b AS past_day,
  greatest(0, least(the('days') - 30 * b, coalesce(leaves, 1e9))
    - greatest(the('days') - 30 * b - 30, signup, 0)) / 30.0 AS present,
  greatest(0, the('days') - 30 * b - greatest(the('days') - 30 * b - 30, signup, 0)) / 30.0 AS enrolled,
  role_rate(role, 'orders', b) AS order_fade, role_rate(role, 'logins', b) AS login_fade,
  role_rate(role, 'tickets', b) AS ticket_fade
FROM customers, range((the('days') + 29) // 30) s(b)
WHERE signup < the('days') - 30 * b;
