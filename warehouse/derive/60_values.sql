-- What customers are worth, by number and place: nothing is said as yet.
CREATE TEMP TABLE month_values (
    number INTEGER, place INTEGER, alive DOUBLE, expected_orders DOUBLE, clv DOUBLE, value_method VARCHAR
);
CREATE TEMP MACRO value_margin() AS NULL::DOUBLE;
