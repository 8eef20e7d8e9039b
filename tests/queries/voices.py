"""The fixture's texts and their words: which text says what, and why, follows from its number."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

Row = dict[str, Any]
_DIMENSIONS = ("tier", "segment", "region", "industry", "channel", "department", "team", "product")
_COLUMNS = ", ".join(f"{name} VARCHAR" for name in _DIMENSIONS)
_TEXT = (
    "text_id INTEGER, pool VARCHAR, source VARCHAR, ticket_id VARCHAR, survey_id VARCHAR, interaction_id VARCHAR, "
    "customer_id VARCHAR, said_at TIMESTAMP, day DATE, kind VARCHAR, category VARCHAR, touchpoint VARCHAR, "
    f"score BIGINT, converted BOOLEAN, has_text BOOLEAN, is_vip BOOLEAN, {_COLUMNS}, cause VARCHAR, cause_by VARCHAR, "
    "scenario VARCHAR, unhappy FLOAT, mood_by VARCHAR, mood_error FLOAT, topic_id INTEGER, breached BOOLEAN, "
    "compensation DOUBLE, customer_value DOUBLE"
)
TABLES: Mapping[str, str] = {
    "fact_texts": _TEXT,
    "fact_complaints": _TEXT,
    "text_words": f"text_id INTEGER, word_id INTEGER, pool VARCHAR, source VARCHAR, day DATE, {_COLUMNS}",
    "words": "word_id INTEGER, word VARCHAR, language VARCHAR, is_part BOOLEAN, texts BIGINT",
    "causes": "cause VARCHAR, name_en VARCHAR, name_zh VARCHAR, responsible VARCHAR, place INTEGER",
    "cause_rules": "cause VARCHAR, category VARCHAR, word VARCHAR, touchpoint VARCHAR",
    "topics": "topic_id INTEGER, pool VARCHAR, name VARCHAR, words VARCHAR[], texts BIGINT",
    "typical_texts": "text_id INTEGER, language VARCHAR, centrality DOUBLE, gist INTEGER",
    "demand_rules": "unhappy_from DOUBLE",
    "scenarios": "scenario VARCHAR, name_en VARCHAR, name_zh VARCHAR, place INTEGER",
    "text_topics": "text_id INTEGER, topic_id INTEGER, fit FLOAT",
    "topic_pools": "pool VARCHAR, texts BIGINT, needed BIGINT, topics BIGINT",
}
_ERROR = {"survey": sqrt(0.06 / 60), "ticket": 0.02}
"""What all texts of a source that a model judged may be wrong by; nobody knows it of contacts."""
POOLS = ("complaint", "praise", "idea", "question", "other")
WORDS: Sequence[Row] = [
    {"word_id": 1, "word": "太慢", "language": "zh"},
    {"word_id": 2, "word": "refund", "language": "en"},
    {"word_id": 3, "word": "not arrived", "language": "en"},
    {"word_id": 4, "word": "慢", "language": "zh"},
]
PART: Row = {"word_id": 5, "word": "spare", "language": "en", "is_part": True}
"""Hardly ever said outside of a phrase: neither shown nor counted where words are compared."""
CAUSES: Sequence[Row] = [
    {
        "cause": "late_delivery",
        "name_en": "Late delivery",
        "name_zh": "配送延误",
        "responsible": "Logistics",
        "place": 0,
    },
    {"cause": "refund", "name_en": "Refund", "name_zh": "退款", "responsible": "Billing", "place": 1},
]
RULES: Sequence[Row] = [
    {"cause": "late_delivery", "category": "delivery"},
    {"cause": "late_delivery", "word": "太慢"},
    {"cause": "refund", "word": "refund"},
]
SCENARIOS: Sequence[Row] = [
    {"scenario": "delivery", "name_en": "Delivery", "name_zh": "配送", "place": 0},
    {"scenario": "use", "name_en": "Everyday use", "name_zh": "日常使用", "place": 1},
]
TOPICS: Sequence[Row] = [
    {"topic_id": 1, "pool": "complaint", "name": "not arrived, 慢", "words": ["not arrived", "慢"], "texts": 2},
    {"topic_id": 2, "pool": "idea", "name": "refund", "words": ["refund"], "texts": 2},
]


def rows(tickets: Sequence[Row], surveys: Sequence[Row], interactions: Sequence[Row] = ()) -> dict[str, list[Row]]:
    """Table -> rows. Complaint tickets come first, every fifth without a text, then comments of unhappy customers; the
    other pools follow: tickets of other kinds, the other comments, contacts that come in."""
    written = [row for row in surveys if row["comment"]]
    said = [_ticket(row) for row in tickets if row["kind"] == "complaint"]
    said += [_survey(row) for row in surveys if _unhappy(row)]
    complaints = len(said)
    said += [_ticket(row) for row in tickets if row["kind"] != "complaint"]
    said += [_survey(row) for row in written if not _unhappy(row)]
    said += [_interaction(row) for row in interactions if row["direction"] == "inbound"]
    order = [*range(complaints), *sorted(range(complaints, len(said)), key=lambda place: _pool_place(said[place]))]
    texts = [_known({**said[place], "text_id": number}) for number, place in enumerate(order, 1)]
    text_words = [
        {**row, "word_id": word["word_id"]} for row in texts if row["has_text"] for word in _said(row, (*WORDS, PART))
    ]
    return {
        "fact_texts": texts,
        "fact_complaints": texts[:complaints],
        "text_words": text_words,
        "words": [
            {**word, "texts": sum(row["word_id"] == word["word_id"] for row in text_words)} for word in (*WORDS, PART)
        ],
        "causes": list(CAUSES),
        "cause_rules": list(RULES),
        "topics": list(TOPICS),
        "topic_pools": [{"pool": row["pool"], "texts": 40, "needed": 30, "topics": 1} for row in TOPICS],
        "text_topics": [{**row, "fit": 1 / row["text_id"]} for row in texts if row["topic_id"]],
        "scenarios": list(SCENARIOS),
        "typical_texts": [
            {
                "text_id": row["text_id"],
                "language": ("zh", "en")[row["text_id"] % 2],
                "centrality": 1 / row["text_id"],
                "gist": row["text_id"] // 2 % 5,
            }
            for row in texts[:complaints]
            if row["has_text"]
        ],
        "demand_rules": [{"unhappy_from": 0.5}],
    }


def words_of(row: Row) -> list[Row]:
    """The words of a text that are shown."""
    return _said(row, WORDS)


def _said(row: Row, words: Sequence[Row]) -> list[Row]:
    """Word number n is said by every (n + 1)-th text."""
    return [word for word in words if row["text_id"] % (word["word_id"] + 1) == 0]


def _unhappy(row: Row) -> bool:
    return row["outcome"] in ("detractor", "dissatisfied")


def _pool_place(row: Row) -> int:
    return POOLS.index(row["pool"])


def _ticket(row: Row) -> Row:
    pool = {"complaint": "complaint", "problem": "idea", "request": "question", "enquiry": "question"}[row["kind"]]
    mark = row["satisfaction"]
    said = {"source": "ticket", "said_at": row["opened_at"], "day": row["opened_day"], "pool": pool, "score": mark}
    label = None if mark is None or mark == 3 else mark < 3
    return {**row, **said, "label": label, "is_vip": bool(row["is_vip"])}


def _survey(row: Row) -> Row:
    happy = row["outcome"] in ("promoter", "satisfied")
    pool = "complaint" if _unhappy(row) else "praise" if happy else "other"
    label = True if _unhappy(row) else False if happy else None
    told = {"source": "survey", "said_at": row["answered_at"], "pool": pool, "category": None}
    return {**row, **told, "label": label, "is_vip": row["tier"] == "core"}


def _interaction(row: Row) -> Row:
    told = {"source": "interaction", "said_at": row["happened_at"], "pool": "question", "score": None, "label": None}
    return {**row, **told, "is_vip": row["tier"] == "core"}


def _known(row: Row) -> Row:
    """The text with its cause (by category, else by words), situation, mood and topic; some tickets have no words."""
    number, label = row["text_id"], row["label"]
    has_text = not (row["source"] == "ticket" and row["pool"] == "complaint") or number % 5 > 0
    by_words = has_text and number % 2 == 0
    cause, cause_by = (
        ("late_delivery", "category")
        if row.get("category") == "delivery"
        else (("late_delivery", "words") if by_words else (None, None))
    )
    unhappy = float(label) if label is not None else (number % 10 / 10 if has_text else None)
    topic = {"complaint": 1, "idea": 2}.get(row["pool"]) if cause is None and number % 3 == 0 else None
    return {
        **row,
        "has_text": has_text,
        "cause": cause,
        "cause_by": cause_by,
        "scenario": ("delivery", "use", None)[number % 3],
        "unhappy": unhappy,
        "mood_by": "label" if label is not None else "model" if unhappy is not None else None,
        "mood_error": 0.0 if label is not None else _ERROR.get(row["source"]) if unhappy is not None else None,
        "topic_id": topic,
        **_costs(row),
    }


def _costs(row: Row) -> Row:
    """What a complaint costs; a survey's comment has no ticket to cost anything."""
    if row["pool"] != "complaint":
        return {"breached": None, "compensation": None, "customer_value": None}
    number, ticket = row["text_id"], row["source"] == "ticket"
    return {
        "breached": number % 3 == 0 if ticket else None,
        "compensation": (number % 4 * 10.0 or None) if ticket else None,
        "customer_value": number * 100.0 if row["customer_id"] else None,
    }
