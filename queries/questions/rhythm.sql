-- How regularly customers buy as of the period's last month-end: the median customer's own median gap between orders with
-- the middle half of customers, and which share of first-time buyers ordered again in time, of those known so long.
-- :grain customers
SELECT
    metric_n('purchase_cycle') AS customers,
    metric('purchase_cycle') AS cycle, metric('purchase_cycle_low') AS cycle_low, metric('purchase_cycle_high') AS cycle_high,
    metric('repurchase_90') AS repurchase_90, metric_n('repurchase_90') AS n_90,
    metric_low('repurchase_90') AS low_90, metric_high('repurchase_90') AS high_90,
    metric('repurchase_180') AS repurchase_180, metric_n('repurchase_180') AS n_180,
    metric_low('repurchase_180') AS low_180, metric_high('repurchase_180') AS high_180,
    metric('repurchase_365') AS repurchase_365, metric_n('repurchase_365') AS n_365,
    metric_low('repurchase_365') AS low_365, metric_high('repurchase_365') AS high_365
FROM scoped_lives
WHERE day = (SELECT max(day) FROM scoped_month_ends)
HAVING count(*) > 0
