"""A flow of customers on a page, from the groups of one month-end to those of another."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from charts import flow
from charts.numbers import number
from queries.sentence import day_in_words
from ui import pictures
from ui.view import View

Row = Mapping[str, Any]
Opened = Callable[[str, str], None]
"""Called with the group before (or `flow.NEW`) and the group now of the band that was clicked."""


def draw(
    view: View, kind: str, cells: Sequence[Row], days: tuple[date, date], opened: Opened, wide: str = "customers"
) -> None:
    """``cells``: before, now (groups of ``kind``), customers, of_before, of_now (shares), spend_before, spend, why
    (words). ``wide``: what bands are as wide as, "customers" or "spend"."""
    order = (*flow.GROUPS[kind], flow.NEW)
    bands = [_band(view, kind, cell, wide) for cell in cells]
    heads = (day_in_words(view.lang, days[0]), day_in_words(view.lang, days[1]))
    drawn = pa.Table.from_pylist(flow.rows(bands, _names(view, kind, bands, wide), heads, order), flow.SCHEMA)

    def clicked(value: str) -> None:
        before, now = value.split(flow.PARTED)
        opened(before, now)

    pictures.draw(drawn, flow.flow(kind, view.lang, view.theme), f"flow-{kind}", view.t("flow.alt"), clicked)


def group(view: View, kind: str, code: str) -> str:
    """What people call a group; those who were not known have a name too."""
    return view.t("tiers.new") if code == flow.NEW else view.value(kind, code)


def _band(view: View, kind: str, cell: Row, wide: str) -> flow.Band:
    then, now = (
        (cell["customers"],) * 2 if wide == "customers" else (max(cell["spend_before"], 0), max(cell["spend"], 0))
    )
    told = {
        "move": view.t("flow.pair", before=group(view, kind, cell["before"]), now=group(view, kind, cell["now"])),
        "customers": f"{cell['customers']:,}",
        "of_before": view.t("flow.newcomer") if cell["before"] == flow.NEW else _share(view, cell["of_before"]),
        "of_now": _share(view, cell["of_now"]),
        "money": view.t("flow.money_pair", before=_money(view, cell["spend_before"]), now=_money(view, cell["spend"])),
        "why": cell["why"],
    }
    return flow.Band(cell["before"], cell["now"], then, now, told)


def _names(view: View, kind: str, bands: Sequence[flow.Band], wide: str) -> dict[str, str]:
    """What stands at each group: its name, how many, and their share of all on that day."""
    found = {}
    for end in ("before", "now"):
        sizes: dict[str, float] = {}
        for band in bands:
            code = band.before if end == "before" else band.now
            sizes[code] = sizes.get(code, 0) + (band.wide_before if end == "before" else band.wide_now)
        known = sum(size for code, size in sizes.items() if end == "now" or code != flow.NEW)
        for code, size in sizes.items():
            found[f"{end}:{code}"] = _named(
                view, group(view, kind, code), size, known, wide, end == "before" and code == flow.NEW
            )
    return found


def _named(view: View, name: str, size: float, known: float, wide: str, is_new: bool) -> str:
    if wide != "customers":
        return name if is_new else f"{name} {_share(view, size / known if known else None)}"
    n = f"{size:,.0f}"
    if is_new:
        return f"{name} {n}"
    return view.t("flow.named", name=name, n=n, share=_share(view, size / known if known else None))


def _share(view: View, value: float | None) -> str:
    return number(value, "percent", view.lang, 1)


def _money(view: View, value: float) -> str:
    return number(value, "money", view.lang, 0, view.meta.currency)
