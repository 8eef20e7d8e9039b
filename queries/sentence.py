"""A scope in words: the line that stands on every screen and on every export."""

from collections.abc import Iterable
from datetime import date

from words import t, value


def describe(
    lang: str,
    start: date | None,
    end: date | None,
    filters: Iterable[tuple[str, tuple[str, ...]]],
    limits: Iterable[tuple[str, tuple[str, ...]]],
    not_given: str,
    besides: Iterable[tuple[str, tuple[str, ...]]] = (),
) -> str:
    """Period, filters, the viewer's limits and what is left out, joined by middle dots, in ``lang``."""
    parts = [period(lang, start, end)]
    parts += [_choice(lang, name, values, not_given) for name, values in filters]
    parts += [t(lang, "scope.only", what=_choice(lang, name, values, not_given)) for name, values in limits]
    left_out = [_choice(lang, name, values, not_given) for name, values in besides]
    parts += [t(lang, "scope.besides", what=t(lang, "scope.list_join").join(left_out))] if left_out else []
    return t(lang, "scope.join").join(parts)


def period(lang: str, start: date | None, end: date | None) -> str:
    """Both ends as people write them: `1–30 Sep 2026`, `2026年9月1日–30日`; open ends are named."""
    if start and end:
        return _between(lang, start, end)
    if start:
        return t(lang, "scope.since", day=day_in_words(lang, start))
    if end:
        return t(lang, "scope.until", day=day_in_words(lang, end))
    return t(lang, "scope.all_dates")


def day_in_words(lang: str, day: date) -> str:
    """One day: `9 Sep 2026`, `2026年9月9日`."""
    return t(lang, "scope.day", year=day.year, month=month_name(lang, day), day=day.day)


def _between(lang: str, start: date, end: date) -> str:
    if start == end:
        return day_in_words(lang, start)
    shared = "month" if (start.year, start.month) == (end.year, end.month) else "year"
    key = f"scope.same_{shared}" if start.year == end.year else "scope.range"
    return t(
        lang,
        key,
        year=start.year,
        month=month_name(lang, start),
        day=start.day,
        end_year=end.year,
        end_month=month_name(lang, end),
        end_day=end.day,
    )


def month_name(lang: str, day: date) -> str:
    """The month in which a day lies, as short as it is written: `Sep`, `9`."""
    return t(lang, "scope.months").split()[day.month - 1]


def _choice(lang: str, name: str, values: tuple[str, ...], not_given: str) -> str:
    named = [t(lang, "scope.not_given") if raw == not_given else value(lang, name, raw) for raw in values]
    listed = t(lang, "scope.list_join").join(named) or t(lang, "scope.nothing")
    return t(lang, "scope.choice", name=t(lang, f"dimension.{name}"), values=listed)
