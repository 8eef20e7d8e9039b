-- The dictionary: the words that several texts say, by number. A word that is said in one phrase only is not shown.
-- :permission everyone — single words that at least so many customers use as the policy asks for
SELECT word_id, word, language, texts
FROM words
WHERE is_part IS NOT TRUE
