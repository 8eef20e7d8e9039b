"""Why a customer may leave: the packed parts of a churn score, read and put in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from charts.numbers import number
from words import t


@dataclass(frozen=True)
class Reason:
    """One signal that fires: points, the value ``now``, the ``usual`` one (None: there is none), and days it spans."""

    signal: str
    weight: int
    now: float
    usual: float | None
    threshold: float
    days: int


def unpacked(packed: str) -> Iterator[Reason]:
    """The parts of a score from ``signal:weight:now:usual:threshold:days``, parted by blanks."""
    for part in packed.split():
        signal, weight, now, usual, threshold, days = part.split(":")
        yield Reason(
            signal, int(weight), float(now), float(usual) if usual else None, float(threshold), int(float(days))
        )


def in_words(reason: Reason, lang: str, currency: str = "") -> str:
    """One signal as people say it: `no order for 94 days, usually every 31`."""

    def told(value: float | None) -> str:
        if reason.signal == "less_spend":
            return number(value, "money", lang, 0, currency)
        return _count(value, lang)

    return t(lang, f"reason.{reason.signal}", now=told(reason.now), usual=told(reason.usual), days=f"{reason.days:,}")


def all_in_words(packed: str, lang: str, currency: str = "") -> str:
    """Every signal of a customer, the strongest first."""
    return t(lang, "reason.join").join(in_words(reason, lang, currency) for reason in unpacked(packed))


def _count(value: float | None, lang: str) -> str:
    """A count or an average of counts: decimals only where they say something."""
    whole = value is None or value >= 10 or round(value, 1) == int(value)
    return number(value, "count", lang, 0 if whole else 1)
