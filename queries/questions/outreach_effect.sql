-- Were contacted customers kept more often than comparable ones? Compared is within each month-end, tier and band of the signal
-- score; the share of the others counts each of these groups as often as it has contacted customers. `alone` have nobody to
-- be compared with. Intervals: Wilson for each share, the others with their effective number (Kish: the square of the sum of
-- weights by the sum of their squares); for the difference Newcombe's method 10, doi:10.1002/(SICI)1097-0258(19980430)17:8<873.
-- :period ignored — it looks back over all outreach
-- :param least int = 1 — the signal score from which a customer is on the list
-- :param band int = 20 — so many points make a band of scores
-- :grain compared
WITH
strata AS NOT MATERIALIZED (
    SELECT
        count(*) FILTER (WHERE contacted) AS n,
        count(*) FILTER (WHERE contacted AND kept) AS hits,
        CAST(count(*) FILTER (WHERE NOT contacted) AS DOUBLE) AS other_n,
        count(*) FILTER (WHERE NOT contacted AND kept) AS other_hits
    FROM scoped_outreach_results
    WHERE signal_score >= $least AND contacted IS NOT NULL
    GROUP BY day, tier, floor(signal_score / $band)
),
counted AS NOT MATERIALIZED (
    SELECT
        coalesce(sum(n) FILTER (WHERE other_n = 0), 0) AS alone,
        coalesce(sum(n) FILTER (WHERE other_n > 0), 0) AS compared,
        coalesce(sum(hits) FILTER (WHERE other_n > 0), 0) AS kept,
        coalesce(sum(other_n) FILTER (WHERE n > 0), 0) AS others,
        CAST(sum(n) FILTER (WHERE n > 0 AND other_n > 0) AS DOUBLE) AS size,
        sum(n * other_hits / other_n) FILTER (WHERE n > 0 AND other_n > 0) AS expected,
        sum(n * n / other_n) FILTER (WHERE n > 0 AND other_n > 0) AS spread
    FROM strata
),
shares AS NOT MATERIALIZED (
    SELECT *, kept / size AS p, expected / size AS q, size AS p_n, size * size / spread AS q_n
    FROM counted
),
bounds AS NOT MATERIALIZED (
    SELECT
        *,
        (p + 1.9207294 / p_n) / (1 + 3.8414588 / p_n) AS p_middle,
        1.959964 * sqrt(p * (1 - p) / p_n + 0.9603647 / (p_n * p_n)) / (1 + 3.8414588 / p_n) AS p_half,
        (q + 1.9207294 / q_n) / (1 + 3.8414588 / q_n) AS q_middle,
        1.959964 * sqrt(q * (1 - q) / q_n + 0.9603647 / (q_n * q_n)) / (1 + 3.8414588 / q_n) AS q_half
    FROM shares
)
SELECT
    compared, kept, alone, others, q_n AS others_effective,
    p AS share, p_middle - p_half AS low, p_middle + p_half AS high,
    q AS other_share, q_middle - q_half AS other_low, q_middle + q_half AS other_high,
    p - q AS difference,
    p - q - sqrt(power(p - p_middle + p_half, 2) + power(q_middle + q_half - q, 2)) AS difference_low,
    p - q + sqrt(power(p_middle + p_half - p, 2) + power(q - q_middle + q_half, 2)) AS difference_high
FROM bounds
