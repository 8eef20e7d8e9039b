"""The words of what customers say, made ready for pictures and put into a sentence."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from charts.layout import Frame, place
from charts.numbers import NOTHING
from charts.words import DESK, PHONE
from queries import Scope
from ui.view import View
from ui.voices import PARTED, share, told_period

Row = Mapping[str, Any]


def word_sentence(view: View, words: pa.Table, before: Scope | None) -> str:
    """The word that rises most, or else the one that is said most."""
    found = words.to_pylist()
    rising = max((row for row in found if row["rising"]), key=lambda row: row["z"], default=None)
    row = rising or found[0]
    facts = {
        "word": row["word"],
        "n": f"{row['n']:,}",
        "texts": f"{row['texts']:,}",
        "share": share(view, row["share"]),
    }
    if before is None or not row["texts_before"]:
        return view.t("voices.most", **facts)
    facts["before"] = told_period(view, before)
    if rising is None:
        return view.t("voices.steady", **facts)
    if row["times"] is None:
        return view.t("voices.rising_new", **facts)
    return view.t("voices.rising", **facts, times=f"{row['times']:.1f}")


def first_words(words: pa.Table, most: int) -> list[str]:
    """The words to look at first: those that rise, then those that are said most."""
    found = sorted(words.to_pylist(), key=lambda row: not row["rising"])
    return [row["word"] for row in found[:most]]


def words_legend(view: View, shown_as: str, words: pa.Table, before: Scope | None) -> str:
    """How to read the cloud or the bars."""
    first = words.slice(0, 1).to_pylist()[0]
    name = "voices.words_legend" if shown_as == "cloud" else "voices.bars_legend"
    if before and first["texts_before"]:
        return view.t(name, texts=f"{first['texts']:,}", before=told_period(view, before))
    return view.t(f"{name}_alone", texts=f"{first['texts']:,}")


def word_rows(view: View, words: pa.Table) -> pa.Table:
    """Rows for the cloud and the bars: one row a word, with its place on a desk and on a phone."""
    found = words.to_pylist()
    drawn = [row["word"] + (" ↑" if row["rising"] else "") for row in found]
    return pa.table(
        {
            "value": [row["word"] for row in found],
            "label": drawn,
            "place": list(range(len(found))),
            "n": words.column("n"),
            "rising": words.column("rising"),
            "note": [_note(view, row) for row in found],
            "told": [_told(view, row["n"], row["texts"], row["share"]) for row in found],
            "told_before": [_told(view, row["n_before"], row["texts_before"], row["share_before"]) for row in found],
            **_places(drawn, words, DESK, ""),
            **_places(drawn, words, PHONE, "phone_"),
        }
    )


def _places(drawn: list[str], words: pa.Table, frame: Frame, prefix: str) -> dict[str, pa.Array]:
    counts = words.column("n").to_pylist()
    boxes = {box.word: box for box in place(tuple(zip(drawn, counts, strict=True)), frame)}
    return {
        f"{prefix}{name}": pa.array([getattr(boxes.get(word), name, None) for word in drawn], pa.float64())
        for name in ("x", "y", "size")
    }


def _told(view: View, n: int, texts: int, part: float | None) -> str:
    return view.t("voices.told", n=f"{n:,}", texts=f"{texts:,}", share=share(view, part)) if texts else NOTHING


def _note(view: View, row: Row) -> str:
    facts = {"n": f"{row['n']:,}", "share": share(view, row["share"])}
    if not row["rising"]:
        return view.t("voices.note", **facts)
    if row["times"] is None:
        return view.t("voices.note_new", **facts)
    return view.t("voices.note_rising", **facts, times=f"{row['times']:.1f}")


def trend_rows(trend: pa.Table, chosen: Sequence[str]) -> pa.Table:
    """Rows for the lines, in the order of the words chosen."""
    places = pa.array([chosen.index(word) for word in trend.column("word").to_pylist()], pa.int32())
    ordered = trend.append_column("place", places).sort_by([("place", "ascending"), ("bucket", "ascending")])
    values = [f"{row['word']}{PARTED}{row['bucket']}" for row in ordered.to_pylist()]
    ordered = ordered.append_column("value", pa.array(values, pa.string()))
    moments = ordered.column("bucket").cast(pa.timestamp("ms"))
    return ordered.set_column(ordered.column_names.index("bucket"), "bucket", moments)
