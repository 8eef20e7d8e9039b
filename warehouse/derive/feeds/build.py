"""The tables of feeds: ``feed_groups``, ``feed_texts`` and ``testimonials``."""

from dataclasses import asdict
from pathlib import Path

import duckdb

from warehouse.derive.feeds.policy import read_feed_policy
from warehouse.derive.feeds.wishes import name_wishes
from warehouse.settings import POLICY

FOLDER = Path(__file__).parent
_TABLES = """
CREATE TABLE feed_groups (topic VARCHAR, name_en VARCHAR, name_zh VARCHAR, place INTEGER);
CREATE TEMP TABLE feed_found (text_id INTEGER, feed VARCHAR, topic VARCHAR);
CREATE TEMP VIEW asked AS
SELECT text_id
FROM all_texts
WHERE
    pool = 'question' AND kind IN ('enquiry', 'consultation') AND has_text
    AND text_id NOT IN (SELECT text_id FROM feed_found WHERE feed = 'bought');
"""
_BOUGHT = """
INSERT INTO feed_found
SELECT text_id, 'bought', NULL
FROM all_texts
JOIN plain_texts USING (text_id)
WHERE
    pool = 'question' AND kind = 'enquiry' AND has_text
    AND (
        list_contains($categories, category::VARCHAR)
        OR list_contains($touchpoints, touchpoint::VARCHAR)
        OR regexp_matches(text, $pattern)
    )
"""
_STICKING = """
INSERT INTO feed_found
SELECT text_id, 'sticking', ? FROM asked JOIN plain_texts USING (text_id) WHERE regexp_matches(text, ?)
"""
_OTHERS = """
INSERT INTO feed_found
SELECT text_id, 'sticking', NULL
FROM asked
WHERE text_id NOT IN (SELECT text_id FROM feed_found WHERE feed = 'sticking')
"""
_DEMAND = """
INSERT INTO feed_found
SELECT text_id, 'demand', NULL FROM all_texts JOIN plain_texts USING (text_id)
WHERE pool = 'idea' OR regexp_matches(text, ?)
"""
_FEED_TEXTS = "CREATE TABLE feed_texts AS FROM feed_found ORDER BY feed, text_id, topic"


def create_feeds(con: duckdb.DuckDBPyConnection, path: Path = POLICY / "feeds.toml") -> None:
    """``feed_texts`` (text_id, feed, topic) has a row per question before a purchase and group that it belongs to
    (NULL: to none), one per enquiry that was left out since its writer has bought already, and one per text that
    wishes for something, with its topic (NULL: none); ``testimonials`` the comments that may be quoted.

    Raises LoadError for a wrong policy file.
    """
    policy = read_feed_policy(path)
    con.execute(_TABLES)
    con.execute(_BOUGHT, asdict(policy.bought))
    for place, group in enumerate(policy.groups):
        con.execute("INSERT INTO feed_groups VALUES (?, ?, ?, ?)", [group.key, group.en, group.zh, place])
        con.execute(_STICKING, [group.key, group.pattern])
    con.execute(_OTHERS)
    con.execute(_DEMAND, [policy.wish])
    name_wishes(con, policy.wish, policy.most_topics, policy.least_texts)
    con.execute(_FEED_TEXTS)
    con.execute(f"CREATE TEMP MACRO praise_least_letters() AS {policy.least_letters}")
    con.execute(f"CREATE TEMP MACRO praise_most_unhappy() AS {policy.most_unhappy}")
    con.execute((FOLDER / "testimonials.sql").read_text(encoding="utf-8"))
