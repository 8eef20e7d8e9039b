"""The fixture's complaints and their words: which text says what follows from its number."""

from collections.abc import Mapping, Sequence
from typing import Any

Row = dict[str, Any]
_DIMENSIONS = ("tier", "segment", "region", "industry", "channel", "department", "team", "product")
_COLUMNS = ", ".join(f"{name} VARCHAR" for name in _DIMENSIONS)
TABLES: Mapping[str, str] = {
    "fact_complaints": "text_id INTEGER, source VARCHAR, ticket_id VARCHAR, survey_id VARCHAR, customer_id VARCHAR, "
    f"said_at TIMESTAMP, day DATE, category VARCHAR, {_COLUMNS}, is_vip BOOLEAN, score BIGINT, has_text BOOLEAN",
    "text_words": f"text_id INTEGER, word_id INTEGER, day DATE, {_COLUMNS}",
    "words": "word_id INTEGER, word VARCHAR, language VARCHAR",
    "causes": "category VARCHAR, responsible VARCHAR",
}
WORDS: Sequence[Row] = [
    {"word_id": 1, "word": "太慢", "language": "zh"},
    {"word_id": 2, "word": "refund", "language": "en"},
    {"word_id": 3, "word": "not arrived", "language": "en"},
    {"word_id": 4, "word": "慢", "language": "zh"},
]
CAUSES: Sequence[Row] = [{"category": "delivery", "responsible": "Logistics"}]


def rows(tickets: Sequence[Row], surveys: Sequence[Row]) -> dict[str, list[Row]]:
    """Table -> rows: complaint tickets (every fifth without a text) and comments of unhappy customers."""
    said = [_ticket(row) for row in tickets if row["kind"] == "complaint"]
    said += [_survey(row) for row in surveys if row["outcome"] in ("detractor", "dissatisfied")]
    complaints = [
        {**row, "text_id": n, "has_text": row["source"] == "survey" or n % 5 > 0} for n, row in enumerate(said, 1)
    ]
    return {
        "fact_complaints": complaints,
        "text_words": [
            {**row, "word_id": word["word_id"]} for row in complaints if row["has_text"] for word in _words(row)
        ],
        "words": list(WORDS),
        "causes": list(CAUSES),
    }


def _words(row: Row) -> list[Row]:
    """Word number n is said by every (n + 1)-th text."""
    return [word for word in WORDS if row["text_id"] % (word["word_id"] + 1) == 0]


def _ticket(row: Row) -> Row:
    return {**row, "source": "ticket", "said_at": row["opened_at"], "day": row["opened_day"], "score": None}


def _survey(row: Row) -> Row:
    return {**row, "source": "survey", "said_at": row["answered_at"], "category": None, "is_vip": False}
