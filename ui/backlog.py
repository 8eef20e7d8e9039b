"""The backlog on a page: what stands open now in a sentence, how old it was when, and what came in and went out."""

from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import streamlit as st

from charts.columns import columns
from charts.lines import lines
from charts.numbers import number
from queries import METRICS, Scope, ask
from queries.sentence import day_in_words
from ui import empty, period, pictures, rows
from ui.header import up_to
from ui.view import View

_SPLIT = "|"
_CAME = ("opened", "resolved")


def sentence(view: View) -> None:
    """How many stand open now, how many of them are old, which is the oldest; and the way to the old ones."""
    now = ask("backlog_now", view.scope).to_pylist()[0]
    last = view.meta.as_of_day
    if not now["tickets"] or last is None:
        st.markdown(view.t("handling.none_open", moment=up_to(view)))
        return
    told = {
        "moment": up_to(view),
        "tickets": f"{now['tickets']:,}",
        "old": f"{now['old']:,}",
        "share": number(now["old"] / now["tickets"], "percent", view.lang, 1),
        "days": now["old_days"],
        "oldest": day_in_words(view.lang, now["oldest_day"]),
        "age": f"{(last - now['oldest_day']).days:,}",
    }
    st.markdown(view.t("handling.open_now", **told))
    if now["old"]:
        title = view.t("handling.older_than", days=now["old_days"])
        rows.button(view, standing(view, title, last, now["old_days"] + 1), "backlog-old", title)


def standing(view: View, title: str, on: date, from_days: int = 0, until_days: int | None = None) -> rows.Rows:
    """The tickets open at the end of ``on`` whose age lies between the two."""
    ages = {"from_days": from_days, **({} if until_days is None else {"until_days": until_days})}
    named = f"{title} · {day_in_words(view.lang, on)}"
    return rows.Rows(named, "backlog_rows", rows.undated(view.scope), {"on": on, **ages}, ("backlog",))


def age_name(view: View, from_days: int, until_days: int | None) -> str:
    """What an age group is called, by its first age and the first one past it."""
    if until_days is None:
        return view.t("handling.age_over", days=from_days - 1) if from_days else view.t("handling.age_any")
    if from_days == 0:
        return view.t("handling.age_up_to", days=until_days - 1)
    if until_days - from_days == 1:
        return view.t("handling.age_one", days=from_days)
    return view.t("handling.age_between", first=from_days, last=until_days - 1)


def ages(view: View, scope: Scope, grain: str) -> None:
    """Tickets open at the end of each step, by age; a click opens one age group on one day."""
    found = ask("backlog_ages", scope, bucket=grain).to_pylist()
    if not found:
        empty.nothing(view)
        return
    names = {row["place"]: age_name(view, row["from_days"], row["until_days"]) for row in found}
    ends = {(str(row["day"]), row["place"]): row for row in found}
    drawn = stepped_rows(
        found,
        grain,
        value=[f"{row['day']}{_SPLIT}{row['place']}" for row in found],
        part=[names[row["place"]] for row in found],
        place=[row["place"] for row in found],
        figure=[row["tickets"] for row in found],
        told=[_told(view, row) for row in found],
    )

    def open_rows(picked: str) -> None:
        day, _, place = picked.partition(_SPLIT)
        row = ends[day, int(place)]
        title = f"{METRICS['backlog'].label[view.lang]} · {names[row['place']]}"
        rows.open_later(standing(view, title, row["day"], row["from_days"], row["until_days"]))

    spec = columns(tuple(names.values()), view.lang, view.theme, grain)
    pictures.draw(drawn, spec, f"handling-ages-{grain}", view.t("handling.ages_alt"), open_rows)


def _told(view: View, row: dict[str, Any]) -> str:
    share = number(row["tickets"] / row["of_all"] if row["of_all"] else None, "percent", view.lang, 1)
    return view.t("handling.n_of_open", n=f"{row['tickets']:,}", of=f"{row['of_all']:,}", share=share)


def stepped_rows(found: list[dict[str, Any]], grain: str, **own: list[Any]) -> pa.Table:
    """Rows for columns over time: ``bucket`` and the day after its last one beside the columns ``own``."""
    starts = [row["bucket"] for row in found]
    ends = [period.bucket_end(day, grain) + timedelta(days=1) for day in starts]
    return pa.table({"bucket": moments(starts), "until": moments(ends), **own})


def moments(days: list[date]) -> pa.Array:
    """Days as the moments that pictures count in."""
    return pa.array(days, pa.date32()).cast(pa.timestamp("ms"))


def flow(view: View, scope: Scope, grain: str) -> None:
    """What came in and what went out in each step; a click opens those tickets."""
    found = ask("backlog_flow", scope, bucket=grain).to_pylist()
    if not found:
        empty.nothing(view)
        return
    names = {which: METRICS[f"tickets_{which}"].label[view.lang] for which in _CAME}
    pairs = [(row, which) for row in found for which in _CAME]
    drawn = pa.table(
        {
            "bucket": moments([row["bucket"] for row, _ in pairs]),
            "word": [names[which] for _, which in pairs],
            "n": [row[which] for row, which in pairs],
            "whole": [whole(scope, row["bucket"], grain) for row, _ in pairs],
            "value": [f"{row['bucket']}{_SPLIT}{which}" for row, which in pairs],
        }
    )

    def open_rows(picked: str) -> None:
        first, _, which = picked.partition(_SPLIT)
        rows.open_later(_came(view, step(scope, date.fromisoformat(first), grain), which))

    spec = lines(view.lang, view.theme, grain, "handling")
    pictures.draw(drawn, spec, f"handling-flow-{grain}", view.t("handling.flow_alt"), open_rows)


def _came(view: View, scope: Scope, which: str) -> rows.Rows:
    metric = f"tickets_{which}"
    return rows.Rows(METRICS[metric].label[view.lang], "ticket_rows", scope, {"which": which}, (metric,))


def whole(scope: Scope, first: date, grain: str) -> bool:
    """Whether all of the step beginning with ``first`` lies in the scope's period."""
    within = step(scope, first, grain)
    return (within.start, within.end) == (first, period.bucket_end(first, grain))


def step(scope: Scope, first: date, grain: str) -> Scope:
    """The part of the step beginning with ``first`` that lies in the scope's period."""
    last = period.bucket_end(first, grain)
    return scope.with_period(max(first, scope.start or first), min(last, scope.end or last))
