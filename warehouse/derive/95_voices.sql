-- What customers wrote, with what is known of each text: its cause and who said so, the situation, how unhappy its writer
-- is (1 or 0 by the customer's own mark, else the model's probability), the standard error that this shares with all
-- texts judged alike (NULL: the model was not tried on such), its topic, and what a complaint costs. Complaints are one of
-- its pools.
CREATE TABLE fact_texts AS
SELECT
    t.* EXCLUDE (label),
    c.cause, c.cause_by, c.scenario,
    coalesce(t.label::TINYINT, m.unhappy)::FLOAT AS unhappy,
    CASE WHEN t.label IS NOT NULL THEN 'label' WHEN m.unhappy IS NOT NULL THEN 'model' END AS mood_by,
    CASE WHEN t.label IS NOT NULL THEN 0 WHEN m.unhappy IS NOT NULL THEN sqrt(e.brier / e.texts) END::FLOAT AS mood_error,
    p.topic_id,
    k.breached, k.compensation, k.customer_value
FROM all_texts AS t
LEFT JOIN text_causes AS c USING (text_id)
LEFT JOIN text_moods AS m USING (text_id)
LEFT JOIN mood_models AS e ON e.part = 'all' AND e.source = t.source::VARCHAR
LEFT JOIN text_topics AS p USING (text_id)
LEFT JOIN text_costs AS k USING (text_id)
ORDER BY t.text_id;

CREATE VIEW fact_complaints AS FROM fact_texts WHERE pool = 'complaint';
