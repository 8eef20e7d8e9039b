"""Why a customer may leave: the packed parts of a churn score or of a risk, read and put in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, log

from charts.numbers import NOTHING, number
from charts.theme import TIERS
from words import t, value


@dataclass(frozen=True)
class Reason:
    """One part: the value ``now``, the ``usual`` one (None: there is none), and days it spans.

    ``weight``: the points of a signal that fires; of a model's reason what it adds to the log-odds.
    """

    signal: str
    weight: float
    now: float
    usual: float | None
    days: int

    def without(self, risk: float) -> float:
        """What a risk (0 to 1, ends excluded) would be, were this no reason."""
        return 1 / (1 + exp(self.weight - log(risk / (1 - risk))))


def unpacked(packed: str) -> Iterator[Reason]:
    """The parts from ``signal:weight:now:usual:threshold:days``, parted by blanks."""
    for part in packed.split():
        signal, weight, now, usual, _, days = part.split(":")
        yield Reason(signal, float(weight), float(now), float(usual) if usual else None, int(float(days)))


def in_words(reason: Reason, lang: str, currency: str = "") -> str:
    """One part as people say it: `no order for 94 days, usually every 31`."""

    def told(figure: float | None) -> str:
        if reason.signal == "less_spend":
            return number(figure, "money", lang, 0, currency)
        return _tier(figure, lang) if reason.signal == "tier" else _count(figure, lang)

    return t(lang, f"reason.{reason.signal}", now=told(reason.now), usual=told(reason.usual), days=f"{reason.days:,}")


def all_in_words(packed: str, lang: str, currency: str = "") -> str:
    """Every part of a customer's, the strongest first."""
    return t(lang, "reason.join").join(in_words(reason, lang, currency) for reason in unpacked(packed))


def _count(value: float | None, lang: str) -> str:
    """A count or an average of counts: decimals only where they say something."""
    whole = value is None or value >= 10 or round(value, 1) == int(value)
    return number(value, "count", lang, 0 if whole else 1)


def _tier(place: float | None, lang: str) -> str:
    return value(lang, "tier", list(TIERS)[int(place) - 1]) if place else NOTHING
