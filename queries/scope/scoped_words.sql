-- The dictionary: the words that several texts say, by number.
-- :permission everyone — single words that at least so many customers use as the policy asks for
SELECT word_id, word, language, texts
FROM words
