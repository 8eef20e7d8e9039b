-- Comments of promoters that say enough to be quoted, each different text once: how many there are, and how many may be quoted
-- because a writer consents; of the rest, on how many nobody knows (`unknown`) and how many are refused.
-- :grain texts
WITH once AS (
    SELECT
        max(CASE WHEN consent THEN 1 ELSE 0 END) AS agreed,
        max(CASE WHEN consent IS NULL THEN 1 ELSE 0 END) AS open
    FROM scoped_testimonials
    GROUP BY same
)
SELECT
    count(*) AS texts,
    count(*) FILTER (WHERE agreed = 1) AS agreed,
    count(*) FILTER (WHERE agreed = 0 AND open = 1) AS unknown,
    count(*) FILTER (WHERE agreed = 0 AND open = 0) AS refused
FROM once
