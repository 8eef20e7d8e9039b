"""Where the time goes between opening and resolution: the parts of the way, on average, for each group."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from charts.numbers import number
from charts.shares import shares
from charts.theme import PARTS
from queries import DIMENSIONS, NOT_GIVEN
from ui import labels, pictures, rows, state
from ui.view import View

_SPLIT = "|"
Row = Mapping[str, Any]
"""A row of the answer to time_parts: means in minutes."""


def sentence(view: View, overall: Row) -> str:
    """How long the way is on average, over how many tickets, and which part of it is the largest."""
    largest = max(_recorded(overall), key=lambda part: overall[part])
    return view.t(
        "parts.sentence",
        whole=_hours(view, overall["whole"]),
        n=f"{overall['tickets']:,}",
        part=view.value("part", largest),
        share=_share(view, overall, largest),
        hours=_hours(view, overall[largest]),
    )


def left_out(view: View, overall: Row) -> str | None:
    """The parts that the source never records, named; None when it records all of them."""
    missing = [view.value("part", part) for part in PARTS if overall[part] is None]
    return view.t("parts.left_out", names=view.t("scope.list_join").join(missing)) if missing else None


def by(view: View, dimension: str, found: list[Row]) -> None:
    """One bar per group, cut into the parts of its mean way; a click narrows to the group, or opens its tickets."""
    longest = max((row["whole"] for row in found), default=0)
    told = [
        {
            "value": f"{row['value'] or NOT_GIVEN}{_SPLIT}{part}",
            "label": labels.value(view.lang, dimension, row["value"]),
            "place": place,
            "size": view.t("parts.size", hours=_hours(view, row["whole"]), n=f"{row['tickets']:,}"),
            "part": view.value("part", part),
            "rank": PARTS.index(part),
            "share": row[part] / row["whole"],
            "length": row[part] / longest,
            "figure": _hours(view, row[part]),
        }
        for place, row in enumerate(found)
        if row["whole"]
        for part in _recorded(row)
    ]

    def clicked(picked: str) -> None:
        value = picked.rpartition(_SPLIT)[0]
        if dimension in DIMENSIONS:
            state.narrow(dimension, value)
        else:
            title = f"{view.t('parts.resolved')} · {labels.value(view.lang, dimension, value)}"
            rows.open_later(rows.Rows(title, "ticket_rows", view.scope, {"state": "done", dimension: value}))

    spec = shares("part", view.lang, view.theme)
    pictures.draw(pa.Table.from_pylist(told), spec, "service-parts", view.t("parts.alt"), clicked)


def _recorded(row: Row) -> list[str]:
    return [part for part in PARTS if row[part] is not None]


def _share(view: View, row: Row, part: str) -> str:
    return number(row[part] / row["whole"] if row["whole"] else None, "percent", view.lang)


def _hours(view: View, minutes: float) -> str:
    """Hours with one decimal: parts in days and minutes could not be added up by eye."""
    return view.t("unit.hour", number=f"{minutes / 60:,.1f}")
