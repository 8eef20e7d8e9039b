"""The choices a reader has and what they are called."""

from collections.abc import Mapping, Sequence

import words
from charts.answers import OUTCOMES
from charts.hits import METHODS
from queries import DIMENSIONS, NOT_GIVEN
from schemas import SIGNALS, STAGES
from ui import names
from ui.period import PERIODS

COMPARISONS = ("none", "period", "year")
GRAINS = ("day", "week", "month")
SCALES = ("share", "number")
MOVES = ("up", "down", "silent", "back")
COHORTS = ("due", "opened")
HOURS = ("arrivals", "missed_opened", "missed_due")
SPLITS = (
    *("priority", "tier", "channel", "department", "team", "category", "kind", "region", "segment", "industry"),
    *("product", "persona"),
)
WATCH_COLUMNS = (
    "risk",
    "risk_score",
    "customer_name",
    "why",
    "value_at_risk",
    "days_left",
    "consent",
    "action",
    "outreach_status",
    "next_date",
    "owner",
    "tier",
    "is_vip",
    "customer_id",
    "standing",
    "signals",
    "last_order_day",
    "orders_ever",
    "segment",
    "region",
    "industry",
)
CHOICES: Mapping[str, tuple[str, Sequence[str]]] = {
    "lang": ("language", words.LANGUAGES),
    "period": ("period", PERIODS),
    "compare": ("compare", COMPARISONS),
    "stage": ("value.stage", STAGES),
    "cohort": ("cohort", COHORTS),
    "split": ("column", ("several", *SPLITS, "sla_rule")),
    "hours": ("hour_kind", HOURS),
    "parts": ("column", SPLITS),
    "grain": ("grain", GRAINS),
    "step": ("grain", ("week", "month")),
    "measure": ("value.kind", ("nps", "csat")),
    "answer": ("answers", ("all", *OUTCOMES["nps"], *OUTCOMES["csat"])),
    "scale": ("scale", SCALES),
    "move": ("value.move", MOVES),
    "wide": ("wide", ("customers", "spend")),
    "ago": ("ago", ("month", "year")),
    "within": ("within", ("6", "12", "24")),
    "cohort_step": ("cohort_step", ("quarter", "month")),
    "curve_by": ("curve_by", ("all", "tier", "segment")),
    "worth_by": ("worth_by", ("tier", "stage", "segment", "region", "industry", "persona")),
    "weigh": ("weigh", ("complaints", "breached", "compensation", "customer_value")),
    "shown_as": ("shown_as", ("cloud", "bars")),
    "text_pool": ("text_pool", ("complaint", "praise", "idea", "question", "other", "any")),
    "look": ("look", ("rising", "distinctive", "frequent")),
    "word_language": ("word_language", ("all", "zh", "en")),
    "against": ("against", ("rest", "praise", "others", *DIMENSIONS)),
    "watch": ("watch", ("keep", "silent", "all")),
    "rank": ("rank", ("loss", "risk", "score", "value")),
    "list_size": ("list_size", ("25", "50", "100", "200")),
    "method": ("value.method", METHODS),
    "signal": ("value.signal", ("any", *SIGNALS)),
    "rate": ("rate", ("fcr", "reopen_rate", "transfer_rate", "escalated_share")),
    "reach": ("reach", ("todo", "new", "due", "any")),
    "shown": ("column", WATCH_COLUMNS),
    "mood_of": ("value.source", ("survey", "ticket", "interaction")),
    "mood_step": ("grain", ("week", "month")),
    "wish_by": ("column", ("wish", "product")),
    "quote_by": ("column", ("touchpoint", "product", "tier")),
}
"""A widget's key, which is its name in the URL too -> where the words of its codes stand, and the codes."""


def choice(lang: str, key: str, code: str) -> str:
    """What people call one of the `CHOICES`."""
    return words.t(lang, f"{CHOICES[key][0]}.{code}")


def value(lang: str, dimension: str, raw: str | None) -> str:
    """What people call a value of a dimension; a missing one has a name too."""
    if dimension in names.QUESTIONS:
        return names.name(lang, dimension, raw)
    return words.t(lang, "scope.not_given") if raw in (None, NOT_GIVEN) else words.value(lang, dimension, str(raw))
