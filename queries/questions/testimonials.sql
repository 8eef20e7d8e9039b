-- Comments of promoters whose writers consent to be quoted, each different text once as it was said last; those with the words
-- most common to praise first, without names. `total` counts them all.
-- :param touchpoint text = null — only this touchpoint
-- :param product text = null — only this product
-- :param tier text = null — only this tier
-- :param limit int = 200 — at most so many rows
-- :grain text_id
WITH
agreed AS NOT MATERIALIZED (
    SELECT
        *, row_number() OVER (PARTITION BY same ORDER BY day DESC NULLS LAST, text_id DESC) AS turn
    FROM scoped_testimonials
    WHERE consent
),
first_rows AS (
    SELECT *, count(*) OVER () AS total
    FROM agreed
    WHERE turn = 1 AND chosen(touchpoint, $touchpoint) AND chosen(product, $product) AND chosen(tier, $tier)
    ORDER BY typical DESC, day DESC NULLS LAST, text_id DESC
    LIMIT $limit
)
SELECT
    texts.day AS said_on, surveys.comment AS text, texts.product, texts.touchpoint, texts.tier, texts.kind, texts.score,
    texts.region, texts.text_id, texts.total
FROM first_rows AS texts
JOIN scoped_survey_texts AS surveys ON surveys.survey_id = texts.survey_id
ORDER BY texts.typical DESC, texts.day DESC NULLS LAST, texts.text_id DESC
