"""Which month-ends a page speaks of, chosen by its period."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import streamlit as st

from queries import Scope, ask
from ui.view import View

_SHOWN = 13
"""At least so many months are drawn, so that each stands beside the same month a year before."""
_BOX = 160


@dataclass(frozen=True)
class Ends:
    """``now`` is the last month-end up to the period's end, ``before`` the one it is compared with (None: none).

    ``whole`` is false when the month of ``now`` is not over. ``first`` is the first month-end that charts show,
    ``filled`` the first one whose window of ``days`` days lies whole within the data (None: there is none yet).
    """

    now: date
    before: date | None
    whole: bool
    first: date
    filled: date | None
    days: int

    def scope(self, view: View) -> Scope:
        """The filters with all data up to ``now``: what the tiers of that day rest on."""
        return view.scope.with_period(None, self.now)

    def drawn(self, view: View) -> Scope:
        """The filters with the months that charts show."""
        return view.scope.with_period(self.first, self.now)


def ends(view: View) -> Ends | None:
    """The month-ends for ``view``; None where the period ends before the first one, or nothing was ever ordered."""
    known = ask("month_ends", Scope()).to_pylist()
    days = [row["day"] for row in known]
    until = [place for place, day in enumerate(days) if view.scope.end is None or day <= view.scope.end]
    if not until:
        return None
    last = until[-1]
    return Ends(
        now=days[last],
        before=_before(view, days[: last + 1]),
        whole=known[last]["whole"],
        first=_first(view.scope, days[: last + 1]),
        filled=next((row["day"] for row in known if row["filled"]), None),
        days=known[last]["window_days"],
    )


def earlier(now: date, months: int) -> date | None:
    """The month-end so many months before ``now``; None before the first one."""
    days = [row["day"] for row in ask("month_ends", Scope()).to_pylist() if row["day"] <= now]
    return days[-1 - months] if len(days) > months else None


def pair(view: View, ends: Ends) -> Ends:
    """``ends`` with the two month-ends that the reader chooses, any of them; unless chosen, those of the period."""
    known = {row["day"].isoformat(): row for row in ask("month_ends", Scope()).to_pylist()}
    days = list(known)
    with st.container(horizontal=True):
        before = box("moved_from", days[:-1], str(ends.before or days[0]), view.t("flow.from"))
        later = [day for day in days if day > before]
        now = box("moved_to", later, str(ends.now) if str(ends.now) in later else later[-1], view.t("flow.to"))
    return replace(ends, before=date.fromisoformat(before), now=date.fromisoformat(now), whole=known[now]["whole"])


def box(
    key: str, days: list[str], default: str, label: str, told: Callable[[str], str] = str, width: int = _BOX
) -> str:
    """A month to choose, called what ``told`` says, kept in the URL by its date. One that nobody chose follows
    ``default``."""
    last_default = f"_{key}_default"
    kept = st.session_state.get(key)
    if kept is not None and (kept not in days or kept == st.session_state.get(last_default)):
        st.session_state[key] = default
    st.session_state[last_default] = default
    chosen = st.selectbox(
        label,
        days,
        index=days.index(default),
        format_func=told,
        key=key,
        bind="query-params",
        persist_state="session",
        width=width,
    )
    return chosen or default


def _before(view: View, days: list[date]) -> date | None:
    """With a comparison, the last month-end up to its end. Else the first one that the period spans, counted from the
    day before it begins; the month before where the period spans only one, or is open."""
    *earlier, _ = days
    if view.before and view.before.end:
        return max((day for day in earlier if day <= view.before.end), default=None)
    if view.scope.start is None:
        return earlier[-1] if earlier else None
    spanned = [day for day in earlier if day >= view.scope.start - timedelta(days=1)]
    return spanned[0] if spanned else earlier[-1] if earlier else None


def _first(scope: Scope, days: list[date]) -> date:
    """The first month-end of the period, or of the last year where that is longer; all of them in an open period."""
    if scope.start is None:
        return days[0]
    year = days[-_SHOWN:][0]
    return min(year, next((day for day in days if day >= scope.start), year))
