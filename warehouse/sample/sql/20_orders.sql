-- Orders: drawn per customer and stretch, put in order of time, then told in detail.
CREATE VIEW order_rate AS
SELECT c, b, cell, signup, past_day, role, is_business, worth,
  tempo * present * order_fade * CASE WHEN role IS NULL THEN the('level_orders')[b + 1] ELSE 1 END AS rate
FROM activity;

-- Summed as whole numbers, because the order of adding fractions would show in the last digit.
SET VARIABLE order_factor = (SELECT the('orders') * 1e6 / sum((rate * 1e6)::BIGINT) FROM order_rate);

CREATE TABLE order_base AS
WITH counted AS (
  SELECT *, CASE WHEN role IS NULL THEN burst(rate * the('order_factor'), cell, 101)
    ELSE floor(rate + u(cell, 101))::BIGINT END AS n
  FROM order_rate
), each_one AS (
  SELECT *, cell * 64 + unnest(range(n)) AS key FROM counted WHERE n > 0
), dated AS (
  SELECT *, pick(the('days_orders')[b + 1], u(key, 103)) AS day FROM each_one
)
SELECT c, key, role, is_business, worth, clock(since(signup, day, past_day, u(key, 104)),
  the('hours_orders'), key, 105) AS second
FROM dated ORDER BY second, key;

CREATE TABLE orders AS
WITH chosen AS (
  SELECT rowid AS o, *,
    -- parts and filters are bought again and again; everything else is one of the customer's three favourites;
    -- those on their way up begin with parts and move to machines
    CASE WHEN u(key, 107) < CASE role WHEN 'riser' THEN stretch_of(second) / 6 ELSE 0.40 END THEN 10
      ELSE pick(the('product'), u(c * 3 + floor(u(key, 108) * 3)::BIGINT, 109)) END AS p
  FROM order_base
), priced AS (
  SELECT *, CASE WHEN is_business THEN 1 + floor(pow(u(key, 110), 3) * 14) WHEN p = 10 THEN 1 + floor(u(key, 110) * 2.6)
      ELSE 1 + (u(key, 110) > 0.93)::INTEGER END::BIGINT AS quantity,
    the('product_price')[p] * (0.80 + 0.25 * u(key, 111)) * CASE WHEN p = 10 THEN 1 ELSE least(worth, 1.6) END
      * CASE WHEN role = 'riser' AND stretch_of(second) < 6 THEN the('riser_spend')[6 - stretch_of(second)] ELSE 1 END
      AS price,
    the('horizon') - second AS age, u(key, 112) AS fate
  FROM chosen
), settled AS (
  SELECT *, round(price * quantity)::DECIMAL(12, 2) AS amount,
    CASE WHEN fate < 0.035 AND age > 7200 THEN 'cancelled' WHEN fate < 0.085 AND age > 9 * 86400 THEN 'refunded'
      WHEN age < 1800 THEN 'placed' WHEN age < 86400 * (0.4 + fate) THEN 'paid'
      WHEN age < 86400 * (1.5 + 3 * fate) THEN 'shipped'
      WHEN age < 86400 * 10 THEN 'delivered' ELSE 'completed' END AS status
  FROM priced
)
SELECT o, c, key, second, p, quantity, amount, status,
  (amount * CASE WHEN status <> 'refunded' THEN 0 WHEN u(key, 113) < 0.7 THEN 1 ELSE 0.5 END)::DECIMAL(12, 2) AS refunded
FROM settled;

CREATE VIEW orders_csv AS
SELECT o AS row, format('O{:08d}', o + 1) AS order_id, customer_name(c) AS customer_id,
  moment(second) AS ordered_at, amount, quantity, the('product_label')[p] AS product, status, refunded
FROM orders;
