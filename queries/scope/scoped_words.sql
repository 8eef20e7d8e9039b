-- The dictionary: the words that several complaints say, by number.
-- :permission everyone — single words that at least so many customers use as the policy asks for
SELECT word_id, word, language
FROM words
