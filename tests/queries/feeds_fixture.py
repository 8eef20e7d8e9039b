"""The fixture's moods and feeds: what follows from a text's number, and records of models as a load leaves them."""

from collections.abc import Mapping, Sequence
from typing import Any

Row = dict[str, Any]
TABLES: Mapping[str, str] = {
    "mood_models": "source VARCHAR, part VARCHAR, verdict VARCHAR, least INTEGER, folds INTEGER, texts INTEGER, "
    "unhappy INTEGER, judged_right INTEGER, right_base INTEGER, auc DOUBLE, brier DOUBLE, brier_base DOUBLE",
    "mood_bands": "source VARCHAR, band INTEGER, n INTEGER, expected DOUBLE, unhappy INTEGER",
    "feed_groups": "topic VARCHAR, name_en VARCHAR, name_zh VARCHAR, place INTEGER",
    "feed_texts": "text_id INTEGER, feed VARCHAR, topic VARCHAR",
    "testimonials": "text_id INTEGER, same INTEGER, typical DOUBLE",
}
GROUPS: Sequence[Row] = [
    {"topic": "price", "name_en": "Price", "name_zh": "价格", "place": 0},
    {"topic": "stock", "name_en": "Stock", "name_zh": "现货", "place": 1},
]
BANDS: Sequence[Row] = [
    {"source": "survey", "band": 0, "n": 40, "expected": 0.05, "unhappy": 2},
    {"source": "survey", "band": 9, "n": 20, "expected": 0.96, "unhappy": 19},
]


def rows(texts: Sequence[Row]) -> dict[str, list[Row]]:
    """Table -> rows. Every third question asks for the price, every second for the stock; some ask for neither,
    and every fifth who enquires has bought already."""
    asked = [row for row in texts if row["pool"] == "question" and row["has_text"]]
    bought = [row for row in asked if row["text_id"] % 5 == 0 and row["kind"] == "enquiry"]
    questions = [row for row in asked if row not in bought]
    sticking = [{"text_id": row["text_id"], "feed": "sticking", "topic": t} for row in questions for t in topics(row)]
    wishes = [row for row in texts if row["pool"] == "idea" or row["text_id"] % 7 == 0]
    praise = [row["text_id"] for row in texts if row["pool"] == "praise"]
    return {
        "mood_models": [
            _model("survey", "all", "learned", 60, 21, (55, 39, 0.97, 0.06, 0.23)),
            _model("survey", "zh", "learned", 55, 20, (51, 35, 0.97, 0.06, 0.23)),
            _model("survey", "latin", "too_few", 5, 1, (4, 4, 0.75, 0.2, 0.16)),
            _model("ticket", "all", "too_few", 3, 1, (None,) * 5),
        ],
        "mood_bands": list(BANDS),
        "feed_groups": list(GROUPS),
        "feed_texts": [
            *sticking,
            *({"text_id": row["text_id"], "feed": "bought", "topic": None} for row in bought),
            *({"text_id": row["text_id"], "feed": "demand", "topic": wish(row)} for row in wishes if row["has_text"]),
        ],
        "testimonials": [{"text_id": n, "same": n - (n % 3 == 0), "typical": (n % 3) / 2} for n in praise],
    }


def topics(row: Row) -> list[str | None]:
    """The groups that a question belongs to."""
    found: list[str | None] = [name for name, every in (("price", 3), ("stock", 2)) if row["text_id"] % every == 0]
    return found or [None]


def wish(row: Row) -> str | None:
    """What a wish is for: some for a lamp, few for a handle, the rest for what nobody else wishes."""
    return "a lamp" if row["text_id"] % 2 else "a handle" if row["text_id"] % 8 == 0 else None


def _model(source: str, part: str, verdict: str, texts: int, unhappy: int, figures: Sequence[float | None]) -> Row:
    names = ("judged_right", "right_base", "auc", "brier", "brier_base")
    counts = {"least": 20, "folds": 5, "texts": texts, "unhappy": unhappy}
    return {"source": source, "part": part, "verdict": verdict, **counts, **dict(zip(names, figures, strict=True))}
