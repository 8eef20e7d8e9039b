-- What complaints without a cause are about, the most frequent first: categories that no rule knows, and topics of their
-- texts. `uncovered` counts all complaints without a cause, `share` is of them; `words` are a topic's distinctive ones,
-- parted by |.
-- :param limit int = 30 — at most so many
-- :grain kind, name
WITH
uncovered AS (SELECT CAST(category AS VARCHAR) AS category, topic_id FROM scoped_complaints WHERE cause IS NULL),
grouped AS (
    SELECT 'category' AS kind, category, NULL AS topic_id, count(*) AS n
    FROM uncovered
    WHERE category IS NOT NULL
    GROUP BY category
    UNION ALL
    SELECT 'topic' AS kind, NULL AS category, topic_id, count(*) AS n
    FROM uncovered
    WHERE topic_id IS NOT NULL
    GROUP BY topic_id
    HAVING count(*) > 1
)
SELECT
    grouped.kind,
    coalesce(grouped.category, topics.name) AS name,
    grouped.category,
    grouped.topic_id,
    array_to_string(topics.words, '|') AS words,
    grouped.n,
    (SELECT count(*) FROM uncovered) AS uncovered,
    grouped.n / (SELECT count(*) FROM uncovered) AS share
FROM grouped
LEFT JOIN scoped_topics AS topics ON topics.topic_id = grouped.topic_id
ORDER BY grouped.n DESC, name, grouped.kind
LIMIT $limit
