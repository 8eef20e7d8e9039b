-- The words once more, to find texts by: who may not read a text may not learn what it says by trying words either.
-- :permission everyone — a list of words says nothing about a customer
-- :personal word
SELECT word_id, word
FROM words
