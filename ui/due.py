"""Due times in words: the time left in the working time of its clock, and the day and hour."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from charts.numbers import duration, in_hours
from queries import Scope, ask
from queries.sentence import month_name
from ui.view import View

AROUND_THE_CLOCK = "24x7"


def length(view: View, minutes: float, clock: str | None) -> str:
    """A length of time as its clock counts it: working time in hours only, since a day of work is not 24 hours."""
    return (in_hours if is_working(clock) else duration)(minutes, view.lang)


def is_working(clock: str | None) -> bool:
    """Whether the clock runs in working hours only."""
    return clock not in (None, AROUND_THE_CLOCK)


def due_words(view: View, due: datetime, clock: str | None) -> str:
    """When something not yet due falls due: on a working clock also whether before the break or closing time."""
    when = moment(view, due)
    if not is_working(clock):
        return when
    today = {row["clock"]: row for row in ask("hours_today", Scope()).to_pylist()}.get(clock)
    if today and today["hours_until"] and due <= today["hours_until"]:
        return view.t(
            "due.before_closing" if today["hours_until"] == today["day_until"] else "due.before_break", when=when
        )
    return view.t("due.working", when=when)


def moment(view: View, when: datetime) -> str:
    """A moment on the team's clock as people say it: `tomorrow 10:05`, `Mon 2 Mar, 10:05`.

    Days are named only where the data's last day is today: in older data "today" would not be the reader's today.
    """
    today = today_in(view.meta.timezone)
    away = (when.date() - today).days if view.meta.as_of_day == today else None
    named = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(away) if away is not None else None
    return view.t(f"due.{named}", time=f"{when:%H:%M}") if named else exact(view, when, f"{when:%H:%M}")


def today_in(zone: str) -> date:
    """The reader's day, where the team is."""
    return datetime.now(ZoneInfo(zone)).date()


def exact(view: View, when: datetime, time: str | None = None) -> str:
    """A moment to the second, on whatever day: `Mon 2 Mar, 10:05:09`; the year only where it is not the last one."""
    told = {
        "day": when.day,
        "month": month_name(view.lang, when),
        "time": time or f"{when:%H:%M:%S}",
    }
    if view.meta.as_of_day and view.meta.as_of_day.year != when.year:
        return view.t("due.day_year", year=when.year, **told)
    return view.t("due.day", weekday=view.t("due.weekdays").split()[when.weekday()], **told)
