"""What came of actions on causes, in words and pictures."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import streamlit as st

from charts.ratios import ratios
from charts.turning import turning
from queries import Scope, ask
from queries.sentence import day_in_words
from store import NARROWED, action_policy
from ui import labels, pictures, rows, subjects, tables, voices
from ui.view import View

Row = Mapping[str, Any]
JUDGED = ("fell", "rose", "chance")
"""The verdicts that say whether it worked."""
COMPARED = (*JUDGED, "back")
"""The verdicts that compare something: a fall back from an unusual height says nothing of the action."""
_WEEK = timedelta(days=7)
_EARLIER = 26
"""So many weeks before those compared are drawn."""


def of_all(view: View, action: str | None = None) -> dict[str, Row]:
    """Action -> what came of it, under the view's filters."""
    known = action_policy()
    given: dict[str, int | str] = {
        "most": known.weeks_most,
        "least": known.weeks_least,
        "usual": known.weeks_usual,
        "few": known.few,
    }
    if action:
        given["action"] = action
    found = ask("action_effects", rows.undated(view.scope), **given).to_pylist()
    return {row["action_id"]: row for row in found}


def verdict(view: View, effect: Row) -> str:
    """The verdict in a few words."""
    return view.t(f"measures.verdict_{effect['verdict']}", days=effect["days_more"])


def change(view: View, ratio: float) -> str:
    """A ratio as a change in percent, with its sign."""
    return view.t("measures.as_change", n=f"{100 * (ratio - 1):+,.0f}".replace("-", "−"))


def _interval(view: View, effect: Row, names: tuple[str, str, str]) -> str:
    told, low, high = (change(view, effect[name]) for name in names)
    return view.t("measures.change_told", change=told, low=low, high=high)


def beyond(view: View, effect: Row) -> str:
    """The change beyond that of other causes, with its interval."""
    return _interval(view, effect, ("beyond", "beyond_low", "beyond_high"))


def own(view: View, effect: Row) -> str:
    """The change alone, with its interval."""
    return _interval(view, effect, ("ratio", "low", "high"))


def counts(view: View, effect: Row) -> str:
    """How many complaints the changes rest on."""
    names = ("before", "after", "others_before", "others_after")
    return view.t("measures.counts_told", weeks=effect["weeks"], **{name: f"{effect[name]:,}" for name in names})


def cautions(view: View, effect: Row) -> Iterable[str]:
    """What to bear in mind before anybody is praised for it."""
    if effect["verdict"] == "back":
        told = {"before": effect["before"] / effect["weeks"], "usual": effect["usual"]}
        yield view.t("measures.unusual", **{name: f"{number:,.1f}" for name, number in told.items()})
    if effect["alongside"]:
        yield view.t("measures.alongside", n=f"{effect['alongside']:,}")


def picture(view: View, actions: Iterable[Row], effects: Mapping[str, Row]) -> None:
    """Each action that can be compared with both of its changes. A click opens the action."""
    told = [(row, effects[row["action_id"]]) for row in actions]
    lines = [line for place, pair in enumerate(told) for line in _lines(view, place, *pair)]
    drawn = pa.Table.from_pylist(lines)
    clicked: Callable[[str], None] = lambda action: subjects.choose("action", action)  # noqa: E731
    pictures.draw(drawn, ratios(view.lang, view.theme), "action-effects", view.t("measures.effects_alt"), clicked)


def _about(view: View, action: Row) -> str:
    """The cause, and where alone the action works."""
    where = [labels.value(view.lang, name, action[f"only_{name}"]) for name in NARROWED if action[f"only_{name}"]]
    return " · ".join([voices.cause(view, action["cause"]), *where])


def _lines(view: View, place: int, action: Row, effect: Row) -> Iterable[Row]:
    common = {
        "value": action["action_id"],
        "label": f"{place + 1}. {_about(view, action)} · {action['to_do']}",
        "name": f"{_about(view, action)} · {action['to_do']}",
        "note": change(view, effect["beyond"]),
        "place": place,
        "beyond_told": beyond(view, effect),
        "own_told": own(view, effect),
        "counts": counts(view, effect),
    }
    for kind, names in enumerate((("beyond", "beyond_low", "beyond_high"), ("ratio", "low", "high"))):
        ratio, low, high = (effect[name] for name in names)
        turn = "fell" if high < 1 else "rose" if low > 1 else "chance"
        shown = "chance" if effect["verdict"] == "back" else turn
        yield {**common, "kind": kind, "ratio": ratio, "low": low, "high": high, "turn": shown}


def weekly(view: View, action: Row, effect: Row) -> None:
    """Complaints week by week around an action's first day, and what the others' course would have made of them."""
    given = {"action": action["action_id"], "weeks": effect["weeks"] or action_policy().weeks_most}
    found = ask("action_weeks", rows.undated(view.scope), **given).to_pylist()
    if found:
        drawn = pa.Table.from_pylist(list(_weeks(view, action["starts_on"], effect, found)))
        key = f"action-weeks-{action['action_id']}"
        pictures.draw(drawn, turning(view.lang, view.theme), key, view.t("measures.weekly_alt"))
        st.caption(view.t("measures.weekly_legend"))


def _weeks(view: View, start: date, effect: Row, found: list[Row]) -> Iterable[Row]:
    """Every week from the first to the last that anybody complained in, those without any as well."""
    known = {row["week"]: row for row in found}
    compared = effect["weeks"] or 0
    share = effect["before"] / effect["others_before"] if effect["before"] and effect["others_before"] else None
    for week in range(max(min(known), -compared - _EARLIER), max(known) + 1):
        row = known.get(week, {"n": 0, "others": 0})
        first = start + week * _WEEK
        expected = row["others"] * share if share and -compared <= week < compared else None
        yield {
            "from": pictures.moment(first),
            "until": pictures.moment(first + _WEEK),
            "middle": pictures.moment(first + _WEEK / 2),
            "start": pictures.moment(start),
            "start_told": view.t("measures.begins", day=day_in_words(view.lang, start)),
            "n": row["n"],
            "side": view.t(f"measures.side_{_side(week, compared)}"),
            "whole": not view.meta.as_of_day or first + _WEEK - timedelta(days=1) <= view.meta.as_of_day,
            "expected": expected,
            "told": f"{expected:,.1f}" if expected is not None else "–",
        }


def _side(week: int, compared: int) -> str:
    if week < -compared:
        return "earlier"
    if week < 0:
        return "before"
    return "after" if week < compared else "later"


def behind(view: View, action: Row, effect: Row, side: str) -> rows.Rows:
    """The complaints before or after an action's first day, within its limits."""
    scope: Scope = view.scope
    for name in ("region", "product", "channel"):
        if action[f"only_{name}"]:
            scope = scope.narrow(name, action[f"only_{name}"])
    start, length = action["starts_on"], effect["weeks"] * _WEEK
    first = start - length if side == "before" else start
    title = view.t(f"measures.complaints_{side}")
    days = scope.with_period(first, first + length - timedelta(days=1))
    return rows.Rows(title, "complaint_rows", days, {"cause": action["cause"]})


def told(view: View, effect: Row) -> None:
    """An effect in sentences: the verdict, the figures it rests on, and what to bear in mind."""
    if effect["verdict"] not in COMPARED:
        st.markdown(f"**{verdict(view, effect)}**")
        return
    st.markdown(f"**{view.t('measures.told_' + effect['verdict'])}** {view.t('measures.no_proof')}")
    facts = {"beyond": beyond(view, effect), "own": own(view, effect), "counts": counts(view, effect)}
    lines = [view.t("measures.fact", name=view.t(f"measures.{name}"), fact=fact) for name, fact in facts.items()]
    st.markdown("\n".join(f"- {tables.literal(line)}" for line in lines))
    for caution in cautions(view, effect):
        st.warning(caution, icon=":material/trending_down:")
