-- Comments of promoters that may be quoted because their writers consent, each different text once as it was said last, by group.
-- :column by one of touchpoint, product, tier = touchpoint — how to group
-- :grain value
WITH agreed AS (
    SELECT
        CAST($by AS VARCHAR) AS value,
        row_number() OVER (PARTITION BY same ORDER BY day DESC NULLS LAST, text_id DESC) AS turn
    FROM scoped_testimonials
    WHERE consent
)
SELECT value, count(*) AS n
FROM agreed
WHERE turn = 1
GROUP BY value
ORDER BY n DESC, value NULLS LAST
