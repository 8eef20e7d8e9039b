"""The top of every page: its title, what it shows in one sentence, and how fresh the data is."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from queries.sentence import day_in_words, period
from ui.view import View

_OLD_DAYS = 3
"""From this age on the reader is warned."""


def header(view: View, page: str, sentence: str | None = None) -> None:
    """Title, sentence, freshness."""
    st.title(view.t(f"{page}.title"), anchor=False)
    said = sentence or view.scope.sentence(view.lang)
    told = f"**{said[:1].upper()}{said[1:]}**"
    if view.before and not sentence:
        told += f"  \n{view.t('frame.against', period=period(view.lang, view.before.start, view.before.end))}"
    st.markdown(told)
    _freshness(view)


def _freshness(view: View) -> None:
    age = _age_days(view)
    text = view.t("frame.up_to", moment=up_to(view))
    if age is None:
        st.caption(f":material/schedule: {view.t('frame.undated')}")
    elif age >= _OLD_DAYS:
        st.caption(f":orange[:material/warning: {text} · {view.t('frame.old', days=f'{age:,}')}]")
    else:
        st.caption(f":material/schedule: {text} · {_age(view, age)}")


def _age(view: View, days: int) -> str:
    """Today and yesterday by name; then in hours first, for early in the morning two days ago is not long ago."""
    if named := {0: "frame.today", 1: "frame.yesterday"}.get(days):
        return view.t(named)
    end = (view.meta.as_of or datetime.now(UTC)).replace(tzinfo=UTC)
    hours = (datetime.now(UTC) - end) // timedelta(hours=1)
    return view.t("frame.hours_old", hours=hours) if hours < 48 else view.t("frame.days_old", days=days)


def up_to(view: View) -> str:
    """The data's last moment on the team's clock, in words, with the zone: days and times everywhere are its."""
    if view.meta.as_of is None:
        return view.t("frame.no_date")
    local = view.meta.as_of.replace(tzinfo=UTC).astimezone(ZoneInfo(view.meta.timezone))
    return f"{day_in_words(view.lang, local.date())} {local:%H:%M} ({view.meta.timezone})"


def _age_days(view: View) -> int | None:
    if view.meta.as_of_day is None:
        return None
    return max((datetime.now(ZoneInfo(view.meta.timezone)).date() - view.meta.as_of_day).days, 0)
