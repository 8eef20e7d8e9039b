"""Numbers as people read them: by unit and language, in text and as Vega expressions for axes and tooltips."""

from queries import Metric
from words import t

NBSP = "\u00a0"
NOTHING = "–"
"""Stands where there is no value."""
_STEPS = (("day", 1440), ("hour", 60), ("minute", 1))


def number(value: float | None, unit: str, lang: str, decimals: int = 0, currency: str = "") -> str:
    """``value`` in words: percent is a fraction from 0 to 1, minutes become days, hours and minutes."""
    if value is None or value != value:
        return NOTHING
    if unit == "minutes":
        return duration(value, lang)
    if unit == "hours":
        return duration(value * 60, lang)
    if unit == "percent":
        return t(lang, "unit.percent", number=f"{value * 100:,.{decimals}f}")
    if unit == "days":
        return t(lang, "unit.day", number=f"{value:,.{decimals}f}")
    return f"{currency if unit == 'money' else ''}{value:,.{decimals}f}"


def of(metric: Metric, value: float | None, lang: str, currency: str = "") -> str:
    """``value`` as this metric writes it; a net promoter score always carries its sign."""
    text = number(value, metric.unit, lang, metric.decimals, currency)
    return f"+{text}" if metric.interval == "nps" and value is not None and value > 0 else text


def change(metric: Metric, value: float | None, lang: str, currency: str = "") -> str | None:
    """A difference between two values of ``metric``, with its sign; None where there is nothing to compare."""
    if value is None or value != value:
        return None
    sign = "-" if value < 0 else "+"
    if metric.unit == "percent":
        points = f"{abs(value) * 100:,.{metric.decimals}f}"
        return t(lang, "unit.points", number=sign + points) if float(points) else t(lang, "unit.points", number=points)
    text = number(abs(value), metric.unit, lang, metric.decimals, currency)
    return sign + text if any(digit in text for digit in "123456789") else text


def duration(minutes: float, lang: str) -> str:
    """The two largest units of a length of time: `2 d 4 h`, `1 h 20 min`, `45 s`."""
    if abs(minutes) < 1:
        return t(lang, "unit.second", number=f"{minutes * 60:.0f}")
    left, parts = round(abs(minutes)), []
    for name, size in _STEPS:
        if left >= size:
            parts.append(t(lang, f"unit.{name}", number=f"{left // size:,}"))
            left %= size
        elif parts:
            break
    return NBSP.join(parts[:2])


def in_hours(minutes: float, lang: str) -> str:
    """A length of working time: `45 min`, `3 h 20 min`, `31 h`. Never in days, for a day of work is not 24 hours."""
    if minutes < 60:
        return duration(minutes, lang)
    hours, left = divmod(round(minutes), 60)
    told = [t(lang, "unit.hour", number=f"{hours:,}")]
    told += [t(lang, "unit.minute", number=f"{left}")] if left and hours < 24 else []
    return NBSP.join(told)


def expression(unit: str, lang: str, field: str, decimals: int = 0, currency: str = "") -> str:
    """A Vega expression that writes ``field`` (such as ``datum.value``) in this unit."""
    if unit == "percent":
        return _worded(lang, "percent", f"format({field} * 100, ',.{decimals}f')")
    if unit == "minutes":
        shown = [_worded(lang, name, f"format({field} / {size}, ',.3~r')") for name, size in _STEPS]
        return f"{field} >= 1440 ? {shown[0]} : {field} >= 60 ? {shown[1]} : {shown[2]}"
    prefix = f"'{currency}' + " if unit == "money" and currency else ""
    return f"{prefix}format({field}, ',.{decimals}f')"


def percents(lang: str, field: str = "datum.value", form: str = "~r") -> str:
    """A Vega expression for the labels of an axis of shares; left to itself with as many decimals as its ticks need."""
    return _worded(lang, "percent", f"format({field} * 100, '{form}')")


def written(metric: Metric, lang: str, field: str) -> str:
    """A Vega expression that writes ``field`` as this metric does: what `of` is for text."""
    told = f"format({field}, '+,.{metric.decimals}f')"
    if metric.interval != "nps":
        told = expression(metric.unit, lang, field, metric.decimals)
    return f"isValid({field}) ? {told} : '{NOTHING}'"


def difference(metric: Metric, lang: str, field: str) -> str:
    """A Vega expression for a difference between two values of ``metric``, with its sign: what `change` is for text."""
    if metric.unit == "percent":
        return _worded(lang, "points", f"format({field} * 100, '+,.{metric.decimals}f')")
    return f"format({field}, '+,.{metric.decimals}f')"


def _worded(lang: str, unit: str, number: str) -> str:
    """``number`` (an expression) with the words of ``unit`` around it."""
    before, after = t(lang, f"unit.{unit}", number="\0").split("\0")
    return f"'{before}' + {number} + '{after}'"
