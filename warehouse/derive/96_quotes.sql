-- How central a complaint is among those of its cause, month and language.
CREATE TABLE typical_texts (text_id INTEGER, centrality DOUBLE);
