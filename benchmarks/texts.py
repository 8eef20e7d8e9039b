"""What texts cost at load and how long questions about words take, over a sample's tickets, surveys and contacts alone.

Run as a module it does so once, in a process of its own and on one core: whole loads of the largest samples take hours.
"""

import json
import sys
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from time import process_time as now
from typing import Any

import duckdb

from benchmarks.load import read_csv
from benchmarks.measure import Row, child
from benchmarks.samples import OUT, Sample
from queries import Scope, Viewer
from queries.catalogue import question
from queries.compose import compose
from schemas import CONTRACTS
from warehouse.derive.build import FOLDER, create_types
from warehouse.derive.simplified import create_simplified
from warehouse.derive.words import create_words
from warehouse.privacy import hidden

QUESTION = "distinctive_words"
STEPS = ("90_texts", "91_words")
_WHOLE_LOAD = 10
"""The largest scale at which the share of a whole load is measured."""
_TIER = "['core', 'growth', 'dormant', 'standard'][1 + (hash(customer_id) % 4)::INTEGER]"
_CUSTOMER = "c.tier, c.segment, c.region, c.industry"
_FACTS = f"""
CREATE TEMP TABLE dim_customer AS
SELECT DISTINCT ON (customer_id)
    customer_id, coalesce(strategic, false) AS is_vip, {_TIER}::dim_tier AS tier, segment::dim_segment AS segment,
    region::dim_region AS region, industry::dim_industry AS industry
FROM customers;
CREATE TEMP TABLE fact_tickets AS
SELECT
    t.ticket_id, t.customer_id, t.kind::dim_kind AS kind, t.category::dim_category AS category, t.satisfaction,
    t.opened_at, t.opened_at::DATE AS opened_day, hidden(t.text) AS text, coalesce(c.is_vip, false) AS is_vip,
    {_CUSTOMER}, t.channel::dim_channel AS channel, t.department::dim_department AS department,
    t.team::dim_team AS team, t.product::dim_product AS product
FROM tickets AS t LEFT JOIN dim_customer AS c USING (customer_id);
CREATE TEMP TABLE fact_surveys AS
SELECT
    s.survey_id, s.customer_id, s.ticket_id, s.kind, s.score, s.sent_at, s.answered_at,
    coalesce(s.answered_at, s.sent_at)::DATE AS day, s.touchpoint::dim_touchpoint AS touchpoint,
    CASE
        WHEN s.score <= if(s.kind = 'nps', 6, 2) THEN 'detractor'
        WHEN s.score >= if(s.kind = 'nps', 9, 4) THEN 'promoter'
    END AS outcome,
    hidden(s.comment) AS comment, {_CUSTOMER}, s.channel::dim_channel AS channel, t.department, t.team, t.product
FROM surveys AS s LEFT JOIN dim_customer AS c USING (customer_id) LEFT JOIN fact_tickets AS t USING (ticket_id);
CREATE TEMP TABLE fact_interactions AS
SELECT
    i.interaction_id, i.customer_id, i.kind, i.direction, i.touchpoint::dim_touchpoint AS touchpoint, i.converted,
    i.happened_at, i.happened_at::DATE AS day, hidden(i.text) AS text, {_CUSTOMER}, i.channel::dim_channel AS channel,
    NULL::dim_department AS department, NULL::dim_team AS team
FROM interactions AS i LEFT JOIN dim_customer AS c USING (customer_id);
CREATE TEMP TABLE text_causes (text_id INTEGER, cause VARCHAR, cause_by VARCHAR, scenario VARCHAR);
CREATE TEMP TABLE text_moods (text_id INTEGER, unhappy FLOAT);
CREATE TEMP TABLE mood_models (source VARCHAR, part VARCHAR, texts INTEGER, brier DOUBLE);
CREATE TEMP TABLE text_topics (text_id INTEGER, topic_id INTEGER);
CREATE TEMP TABLE text_costs (text_id INTEGER, breached BOOLEAN, compensation DOUBLE, customer_value DOUBLE);
"""
_COUNTS = """
SELECT
    (SELECT count(*) FROM different_texts), (SELECT count(*) FROM fact_texts),
    (SELECT count(*) FROM fact_complaints WHERE has_text), (SELECT max(day) FROM fact_complaints),
    (SELECT mode(region) FROM fact_complaints)
"""


def measure(sample: Sample) -> list[Row]:
    """One run; beside it, up to 10x, one whole load for the share of its CPU seconds that words take."""
    found = child("benchmarks.texts", str(sample.files), environment=sample.environment)
    if sample.scale <= _WHOLE_LOAD:
        load = child("benchmarks.months", str(sample.files), environment=sample.environment)
        seconds = {step: spent for step, spent in load.items() if step != "months"}
        found["share"] = sum(seconds[step] for step in STEPS) / sum(seconds.values())
    return [found]


def once(files: Path) -> Row:
    """Texts masked and cut into words: documents a second of CPU; then each question: the median of five, in ms."""
    OUT.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=OUT) as scratch, duckdb.connect(str(Path(scratch) / "texts.duckdb")) as con:
        con.execute("SET threads = 1")
        for table, contract in CONTRACTS.items():
            source = f"{read_csv(files / f'{table}.csv', table)} WHERE {contract.key} IS NOT NULL"
            con.execute(f"CREATE TEMP TABLE {table} AS FROM {source}")
        create_types(con)
        con.execute(f"CREATE TEMP MACRO hidden(t) AS ({hidden('t')})")
        create_simplified(con)
        con.execute(_FACTS)
        started = now()
        con.execute((FOLDER / "90_texts.sql").read_text(encoding="utf-8"))
        made = now()
        create_words(con)
        seconds = now() - made
        con.execute((FOLDER / "95_voices.sql").read_text(encoding="utf-8"))
        different, texts, complaints, last, region = con.execute(_COUNTS).fetchall()[0]
        con.execute("CHECKPOINT; RESET threads")
        counts = {"texts": texts, "different": different, "complaints": complaints, "rate": different / seconds}
        asked = {name: _milliseconds(con, *asked) for name, asked in _questions(last, region).items()}
        return {**counts, "cpu": made - started + seconds, **asked}


def _questions(last: date, region: str) -> Mapping[str, tuple[Scope, Row]]:
    """The ways in which a reader compares words, as scope and parameters."""
    quarter, before = Scope(last - timedelta(days=90), last), last - timedelta(days=91)
    earlier = {"words": "ever", "texts": "ever", "since": before - timedelta(days=90), "until": before}
    other = {"pool": "complaint", "other_pool": "complaint", "sort": "z"}
    rising = {**other, **earlier, "against": "part"}
    tiers = {**other, "among": "tier", "this": "core", "that": "growth", "against": "part"}
    limited = Scope(viewer=Viewer("limited", regions=(region,)))
    rest = {**other, "words": "company", "texts": "company", "against": "whole"}
    return {
        "frequent": (Scope(), {"pool": "complaint"}),
        "rising": (quarter, rising),
        "filtered": (quarter.narrow("region", region), rising),
        "rest": (Scope().narrow("region", region), rest),
        "tiers": (Scope(), tiers),
        "limited": (limited, tiers),
        "pools": (Scope(), {"pool": "complaint", "against": "whole", "sort": "z"}),
    }


def _milliseconds(con: duckdb.DuckDBPyConnection, scope: Scope, given: Row) -> float:
    arguments = question(QUESTION).arguments(given)
    composed = compose(QUESTION, scope, arguments)
    known: dict[str, Any] = {**scope.values, **arguments}
    values = {name: known[name] for name in composed.names}
    times = []
    for _ in range(6):
        started = perf_counter()
        con.execute(composed.sql, values).fetchall()
        times.append(1000 * (perf_counter() - started))
    return median(times[1:])


if __name__ == "__main__":
    print(json.dumps(once(Path(sys.argv[1]))))
