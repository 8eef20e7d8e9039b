-- For each cause of a month the complaints that speak for the others: the most central of their cause, month and language,
-- each for another word, those in the reader's language first. Without a month: of the complaints that have no date.
-- :period ignored
-- :param month date = null — its first day
-- :param first_days int = null — only so many first days of the month; all if not given
-- :param lang one of en, zh = en — the reader's language
-- :param limit int = 3 — at most so many a cause
-- :grain cause, place
WITH
central AS (
    SELECT
        complaints.text_id, complaints.cause, complaints.ticket_id, complaints.survey_id, complaints.source,
        complaints.customer_id, complaints.said_at, typical.language, typical.centrality,
        row_number() OVER (
            PARTITION BY complaints.cause, typical.language, typical.gist
            ORDER BY typical.centrality DESC, complaints.text_id DESC
        ) AS nth
    FROM scoped_complaints_ever AS complaints
    JOIN scoped_typical_texts AS typical ON typical.text_id = complaints.text_id
    WHERE
        complaints.month IS NOT DISTINCT FROM CAST($month AS DATE)
        AND typical.month IS NOT DISTINCT FROM CAST($month AS DATE)
        AND complaints.cause IS NOT NULL
        AND (CAST($first_days AS INTEGER) IS NULL OR complaints.day < complaints.month + CAST($first_days AS INTEGER))
),
first_ones AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY cause ORDER BY language = $lang DESC, centrality DESC, text_id DESC
        ) AS place
    FROM central
    WHERE nth = 1
),
chosen_ones AS (SELECT * FROM first_ones WHERE place <= $limit)
SELECT
    quotes.cause, quotes.place, written.text, quotes.source, quotes.ticket_id, quotes.customer_id,
    local_time(quotes.said_at) AS said_at, quotes.centrality
FROM chosen_ones AS quotes
JOIN scoped_written AS written
    ON written.source = quotes.source AND written.said_id = coalesce(quotes.survey_id, quotes.ticket_id)
ORDER BY quotes.cause, quotes.place
