-- How sure a model is that the writer of a text is dissatisfied; empty where none could be learned.
CREATE TEMP TABLE text_moods (text_id INTEGER, unhappy FLOAT);
