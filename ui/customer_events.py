"""What happened with one customer: the last year as a picture, and as a list that leads on to tickets."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pyarrow as pa
import streamlit as st

from charts.happenings import LANES, MOODS, happenings
from charts.numbers import number
from queries import Scope, ask
from ui import pictures, rows, tables
from ui.due import exact
from ui.view import View

Row = dict[str, Any]
_DAYS, _DRAWN, _LISTED = 365, 1_000, 200
_COLUMNS = (
    "happened_at",
    "lane",
    "kind",
    "about",
    "channel",
    "net",
    "score",
    "is_open",
    "is_late",
    "comment",
)
_ALL = "all"


def show(view: View, scope: Scope, customer_id: str, place: str) -> None:
    """Choose how far back and which kind; the picture, then the list."""
    st.header(view.t("customer.happened"), anchor=False)
    day = view.meta.as_of_day
    with st.container(horizontal=True, vertical_alignment="center"):
        ever = st.toggle(view.t("customer.ever"), key=f"ever-{place}")
    since = {} if ever or day is None else {"since": day - timedelta(days=_DAYS - 1)}
    found = ask("customer_timeline", scope, customer=customer_id, limit=_DRAWN, **since)
    if not found.num_rows:
        st.info(
            view.t("customer.nothing_happened" if ever else "customer.nothing_lately"), icon=":material/event_busy:"
        )
        return
    _picture(view, found, place, since.get("since"))
    lane = _choose_lane(view, found, place)
    _list(
        view,
        rows.Rows(
            view.t("customer.happened"), "customer_timeline", scope, {"customer": customer_id, "lane": lane, **since}
        ),
        place,
    )


def _choose_lane(view: View, found: pa.Table, place: str) -> str:
    """Everything, or one of the kinds that occur."""
    kinds = set(found.column("lane").to_pylist())
    offered = [_ALL, *(lane for lane in LANES if lane in kinds)]
    chosen = st.segmented_control(
        view.t("customer.lane"),
        offered,
        default=_ALL,
        format_func=lambda lane: view.value("lane", lane),
        required=True,
        key=f"lane-{place}",
        label_visibility="collapsed",
    )
    return str(chosen)


def _list(view: View, listed: rows.Rows, place: str) -> None:
    found = ask(listed.question, listed.scope, limit=_LISTED, **listed.params)
    if not found.num_rows:
        return
    total = found.column("total")[0].as_py()
    key = "rows.shown_of" if total > found.num_rows else "rows.count"
    st.caption(view.t(key, shown=f"{found.num_rows:,}", total=f"{total:,}"))
    tables.show(
        view,
        _worded(view, found),
        f"events-{place}-{listed.params['lane']}",
        _COLUMNS,
        alt=view.t("customer.list_alt"),
    )
    rows.downloads(view, listed, f"events-{place}")


def _worded(view: View, found: pa.Table) -> pa.Table:
    """Of an order and of outreach the kind is where it stands; a survey is about a touchpoint."""
    for name, told in (("kind", _kind), ("about", _about)):
        texts = [told(view, row) for row in found.to_pylist()]
        found = found.set_column(found.column_names.index(name), name, pa.array(texts, pa.string()))
    return found


def _kind(view: View, row: Row) -> str | None:
    return next((view.value(name, row[name]) for name in ("status", "outreach_status", "kind") if row[name]), None)


def _about(view: View, row: Row) -> str | None:
    about: str | None = row["about"]
    return view.value("touchpoint", about) if about and row["lane"] == "survey" else about


def _picture(view: View, found: pa.Table, place: str, since: date | None) -> None:
    """Everything on one line of time, from ``since`` or the first moment to the data's last day: silence shows, too."""
    events = [row for row in found.to_pylist() if row["happened_at"]]
    drawn = [_mark(view, row) for row in events]
    lanes = tuple(lane for lane in LANES if any(row["lane"] == lane for row in events))
    moods = tuple(mood for mood in MOODS if any(mark["mood"] == mood for mark in drawn))
    drawn += [{"at": datetime.combine(day, time())} for day in (since, view.meta.as_of_day) if day]
    types = {name: pa.string() for name in ("lane", "lane_name", "mood", "mood_name", "label", "when")} | {
        "at": pa.timestamp("ms")
    }
    table = pa.table({name: pa.array([mark.get(name) for mark in drawn], kind) for name, kind in types.items()})
    spec = happenings(view.lang, view.theme, lanes, moods)
    pictures.draw(table, spec, f"customer-events-{place}", view.t("customer.events_alt"))
    total = found.column("total")[0].as_py()
    if total > found.num_rows:
        st.caption(view.t("customer.drawn", shown=f"{found.num_rows:,}", total=f"{total:,}"))


def _mark(view: View, row: Row) -> Row:
    mood = row["mood"] or ("faint" if row["kind"] == "login" else "plain")
    known = [_kind(view, row), _about(view, row), row["channel"] and view.value("channel", row["channel"])]
    told = [text for text in known if text]
    told += [number(row["net"], "money", view.lang, 0, view.meta.currency)] if row["net"] is not None else []
    told += [view.t("customer.score", n=row["score"])] if row["score"] is not None else []
    at: datetime = row["happened_at"]
    return {
        **{"at": at, "lane": row["lane"], "lane_name": view.value("lane", row["lane"]), "mood": mood},
        **{"mood_name": view.t(f"mood.{mood}"), "label": view.t("scope.join").join(told), "when": exact(view, at)},
    }
