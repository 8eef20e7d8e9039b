"""The words of what customers say, made ready for pictures and put into a sentence."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import zip_longest
from math import log2
from typing import Any

import pyarrow as pa

from charts.layout import Frame, fitted, place
from charts.numbers import NOTHING, number
from charts.words import DESK, PHONE
from queries import ask
from ui import pictures, state
from ui.period import bucket_end
from ui.sides import Sides
from ui.view import View
from ui.voices import PARTED, share

Row = Mapping[str, Any]
POOLS = ("complaint", "praise", "idea", "question", "other")
"""The pools of texts, in the order in which they are offered."""
_FIRST = 12
"""So many words of each side stand in the ranked view."""
_TELLING = 100
"""With fewer texts on a side hardly any word can be beyond chance: a word that is tried stands in at least ten."""
_COLOURED = 5
"""So many departments have a colour of their own."""


def of_both(view: View, sides: Sides, most: int) -> list[Row]:
    """The words of two sides, the most distinctive of each first: at most ``most`` of each."""
    found: list[Row] = ask("distinctive_words", view.scope, limit=most, **{**sides.params, "sort": "z"}).to_pylist()
    return found


def language(view: View) -> dict[str, str]:
    """Words of which language the reader wants, as a parameter; asked only where customers write in several."""
    offered = [row["language"] for row in ask("word_languages", view.scope).to_pylist()]
    if len(offered) < 2:
        return {}
    chosen = state.choose(view, "word_language", "all", view.t("voices.language"), ["all", *offered])
    return {} if chosen == "all" else {"language": chosen}


def clear(found: Sequence[Row]) -> list[Row]:
    """The words that are typical of a side beyond chance, the most typical first, one of each side in turn."""
    typical = [[row for row in found if row["clear"] and (row["z"] > 0) is side] for side in (True, False)]
    return [row for pair in zip_longest(*typical) for row in pair if row]


def most_said(view: View, row: Row) -> str:
    """The word that is said most, in a sentence."""
    return view.t("voices.most", **_facts(view, row))


def apart(view: View, sides: Sides, found: Sequence[Row]) -> str:
    """The most typical word of each side, in a sentence; that there is none, or too few texts to tell, if so."""
    here, there = (next((row for row in clear(found) if (row["z"] > 0) is side), None) for side in (True, False))
    named = {"here": sides.here.name, "there": sides.there.name}
    kind = "rising" if sides.rising else "typical"
    told = [view.t(f"voices.{kind}_here", **named, **_facts(view, here))] if here else []
    told += [view.t(f"voices.{kind}_there", **named, **_facts(view, there))] if there else []
    return "  \n".join(told) or _nothing(view, kind, named, found)


def _nothing(view: View, kind: str, named: Mapping[str, str], found: Sequence[Row]) -> str:
    """That no word stands out; where a side has too few texts, that nobody can tell."""
    if _many(found):
        return view.t(f"voices.{kind}_none", **named, **_sizes(found))
    longer = view.t("voices.longer") if view.scope.start else ""
    return view.t(f"voices.{kind}_few", **named, **_sizes(found)) + longer


def _many(found: Sequence[Row]) -> bool:
    """Whether both sides have texts enough for a difference to show."""
    return bool(found) and min(found[0]["texts"], found[0]["texts_there"]) >= _TELLING


def _sizes(found: Sequence[Row]) -> dict[str, str]:
    """How many texts each side has; without any word nothing is known of them, and none can be told."""
    return {name: f"{found[0][name] if found else 0:,}" for name in ("texts", "texts_there")}


def _facts(view: View, row: Row) -> dict[str, str]:
    counts = {name: f"{row[name]:,}" for name in ("n", "texts", "n_there", "texts_there")}
    shares = {name: share(view, row[name]) for name in ("share", "share_there")}
    return {"word": row["word"], **counts, **shares}


def cloud_rows(view: View, found: Sequence[Row], groups: Sequence[str], sides: Sides | None = None) -> pa.Table:
    """Rows for the cloud and for bars of counts: one row a word, with its place on a desk and on a phone. ``groups``
    name the colour of each."""
    drawn = [row["word"] + _arrow(row, sides) for row in found]
    sizes = [row["n"] for row in found] if sides is None else _strengths(found)
    return pa.table(
        {
            **_told(view, found, groups, sides),
            "label": drawn,
            "n": [row["n"] for row in found],
            "note": [view.t("voices.note", **_facts(view, row)) for row in found],
            **_places(drawn, sizes, DESK, ""),
            **_places(drawn, sizes, PHONE, "phone_"),
        }
    )


def side_rows(view: View, found: Sequence[Row], sides: Sides) -> pa.Table:
    """Rows for the bars of both sides: the most typical words of one, then those of the other."""
    shown = [row for side in (True, False) for row in [r for r in clear(found) if (r["z"] > 0) is side][:_FIRST]]
    figures = {name: [log2(row[key]) for row in shown] for name, key in _LOGS.items()}
    groups = of_sides(shown, sides)
    notes = [view.t("voices.side_note", ratio=_times(view, row), **_facts(view, row)) for row in shown]
    return pa.table(
        {**_told(view, shown, groups, sides), **figures, "label": [row["word"] for row in shown], "note": notes}
    )


_LOGS = {"figure": "times", "low": "times_low", "high": "times_high"}


def of_sides(found: Sequence[Row], sides: Sides) -> list[str]:
    """The side that each word is typical of."""
    return [sides.here.name if row["z"] > 0 else sides.there.name for row in found]


def of_departments(view: View, found: Sequence[Row], departments: pa.Table | None) -> list[str]:
    """The department that answers for most of what each word is said about; those with few words are taken together."""
    known = {row["word"]: row["responsible"] for row in departments.to_pylist()} if departments else {}
    counts = Counter(known[row["word"]] for row in found if row["word"] in known)
    coloured = {name for name, _ in counts.most_common(_COLOURED)}
    other = view.t("voices.no_department")
    return [known[row["word"]] if known.get(row["word"]) in coloured else other for row in found]


def legend(view: View, groups: Sequence[str]) -> tuple[str, ...]:
    """The departments among ``groups`` in a lasting order, and last what belongs to none."""
    other = view.t("voices.no_department")
    return (*sorted(set(groups) - {other}), other)


def _told(view: View, found: Sequence[Row], groups: Sequence[str], sides: Sides | None) -> dict[str, Any]:
    """What both pictures have in common: the word, its group, its place in the order, and what the tooltip says."""
    return {
        "value": [f"{row['word']}{PARTED}{int(bool(sides) and row['z'] < 0)}" for row in found],
        "word": [row["word"] for row in found],
        "group": list(groups),
        "place": list(range(len(found))),
        "told": [_counted(view, row["n"], row["texts"], row["share"]) for row in found],
        "told_there": [_counted(view, row["n_there"], row["texts_there"], row["share_there"]) for row in found],
        "ratio": [_ratio(view, row) if sides else NOTHING for row in found],
    }


def _strengths(found: Sequence[Row]) -> list[float]:
    """How sure each word is, as a share of the surest of its side, so that neither side makes the other one small."""
    here, there = (max((sign * row["z"] for row in found), default=0.0) for sign in (1, -1))
    return [row["z"] / here if row["z"] > 0 else -row["z"] / there for row in found]


def _arrow(row: Row, sides: Sides | None) -> str:
    if sides is None or not sides.rising:
        return ""
    return " ↑" if row["z"] > 0 else " ↓"


def _places(drawn: list[str], sizes: Sequence[float], frame: Frame, prefix: str) -> dict[str, pa.Array]:
    boxes = {box.word: box for box in fitted(place(tuple(zip(drawn, sizes, strict=True)), frame), frame)}
    return {
        f"{prefix}{name}": pa.array([getattr(boxes.get(word), name, None) for word in drawn], pa.float64())
        for name in ("x", "y", "size")
    }


def _counted(view: View, n: int, texts: int, part: float | None) -> str:
    return view.t("voices.told", n=f"{n:,}", texts=f"{texts:,}", share=share(view, part)) if texts else NOTHING


def _times(view: View, row: Row) -> str:
    """How many times as often on the side that the word is typical of."""
    if not (row["n"] and row["n_there"]):
        return view.t("voices.only")
    times = row["times"] if row["z"] > 0 else 1 / row["times"]
    return view.t("voices.times", times=number(times, "number", view.lang, 1))


def _ratio(view: View, row: Row) -> str:
    """The same with its interval, in words."""
    if not (row["n"] and row["n_there"]):
        return view.t("voices.only_long")
    figures = [row[name] for name in ("times_low", "times", "times_high")]
    if row["z"] < 0:
        figures = [1 / figure for figure in reversed(figures)]
    low, times, high = (number(figure, "number", view.lang, 1) for figure in figures)
    return view.t("voices.ratio", times=times, low=low, high=high)


def picked(value: str) -> tuple[str, bool]:
    """What a click on a word picked: the word, and whether it is typical of the other side."""
    word, _, other = value.partition(PARTED)
    return word, other == "1"


def first_words(found: Sequence[Row], sides: Sides | None, most: int) -> list[str]:
    """The words to look at first: those most typical of this side, then those that are said most."""
    typical = [row for row in clear(found) if row["z"] > 0] if sides else []
    ordered = [*typical, *sorted(found, key=lambda row: -row["n"])]
    return list(dict.fromkeys(row["word"] for row in ordered))[:most]


def trend_rows(view: View, trend: pa.Table, chosen: Sequence[str], grain: str, until: date) -> pa.Table:
    """Rows for the lines, in the order of the words chosen; a step that ends after ``until`` is not whole."""
    found = sorted(trend.to_pylist(), key=lambda row: (chosen.index(row["word"]), row["bucket"]))
    return pa.Table.from_pylist(
        [
            {
                "bucket": pictures.moment(row["bucket"]),
                "word": row["word"],
                "share": row["share"],
                "n": row["n"],
                "told": _counted(view, row["n"], row["texts"], row["share"]),
                "whole": bucket_end(row["bucket"], grain) <= until,
                "value": f"{row['word']}{PARTED}{row['bucket']}",
            }
            for row in found
        ]
    )
