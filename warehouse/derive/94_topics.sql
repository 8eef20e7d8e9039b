-- What texts that no rule explains are about.
CREATE TABLE topics (topic_id INTEGER, pool dim_pool, name VARCHAR, words VARCHAR[], texts BIGINT);
CREATE TEMP TABLE text_topics (text_id INTEGER, topic_id INTEGER);
