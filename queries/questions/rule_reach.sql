-- How many complaints without a cause a rule would cover: those that say any of some words, or all of a category.
-- :param words text = null — which words, parted by |
-- :param category text = null — which category
-- :grain n, uncovered
WITH
wanted AS (SELECT word_id FROM scoped_words WHERE concat('|', $words, '|') LIKE concat('%|', word, '|%')),
saying AS (SELECT text_id FROM scoped_complaint_words WHERE word_id IN (SELECT word_id FROM wanted))
SELECT
    count(*) FILTER (WHERE CAST(category AS VARCHAR) = $category OR text_id IN (SELECT text_id FROM saying)) AS n,
    count(*) AS uncovered
FROM scoped_complaints
WHERE cause IS NULL
