"""The one theme: every colour and font on a screen. `.streamlit/config.toml` repeats it for Streamlit's own widgets."""

from dataclasses import dataclass
from typing import Any

FONT = '"Source Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif'


@dataclass(frozen=True)
class Palette:
    """Colours by meaning. Text ones keep 4.5:1 on ``background`` and ``surface``, marks 3:1; ``doubt`` is a
    pale ``mark_bad``."""

    background: str
    surface: str
    line: str
    text: str
    muted: str
    primary: str
    good: str
    bad: str
    warn: str
    mark: str
    soft: str
    mark_good: str
    mark_bad: str
    mark_warn: str
    doubt: str
    categories: tuple[str, ...]
    ordered: tuple[str, ...]


LIGHT = Palette(
    background="#ffffff",
    surface="#f6f8fa",
    line="#e1e6ec",
    text="#1b2430",
    muted="#566272",
    primary="#1d5fa8",
    good="#13714a",
    bad="#b3321f",
    warn="#8a5206",
    mark="#2f6fb5",
    soft="#84909f",
    mark_good="#2b8f66",
    mark_bad="#cc4b36",
    mark_warn="#c07a17",
    doubt="#e9a99e",
    categories=("#2f6fb5", "#c26a1a", "#2b8c7e", "#8659b5", "#b8487a", "#6b7686"),
    ordered=("#5b93cf", "#2c5a96", "#7b4fa0", "#b8487a", "#d0503a", "#8a2a1a"),
)
DARK = Palette(
    background="#10151b",
    surface="#171e26",
    line="#2c3643",
    text="#e7ecf2",
    muted="#a3aebc",
    primary="#6fb1f0",
    good="#5cc990",
    bad="#ff8b78",
    warn="#f2b458",
    mark="#6fb1f0",
    soft="#7d8999",
    mark_good="#4fb583",
    mark_bad="#ee7562",
    mark_warn="#e0a044",
    doubt="#8f4d44",
    categories=("#6fb1f0", "#f0a35c", "#5cc3b2", "#b792e0", "#ee8db3", "#a3aebc"),
    ordered=("#9cc9f5", "#5a8fd6", "#a47fe0", "#e07fb0", "#f07a64", "#ffc2b5"),
)
PALETTES = {"light": LIGHT, "dark": DARK}
TIERS = {"core": 0, "growth": 2, "dormant": 1, "standard": 5}
"""The tiers in their order, each with its place among the colours of categories."""
LIFECYCLE = {"acquisition": 5, "activation": 0, "retention": 2, "expansion": 3, "referral": 4, "churned": 1}
"""The stages of a customer's life in their order, each with its place among the colours of categories."""

STATES = ("met", "breached", "overdue", "running", "paused", "none")
"""Where a clock can stand, in the order in which bars show it."""
PARTS = ("assignment", "ours", "transferred", "customer", "closed")
"""The parts of a ticket's way to its resolution, in the order in which bars show them."""


def palette(theme: str) -> Palette:
    """The colours of ``theme``; the light ones when it is not known yet."""
    return PALETTES.get(theme, LIGHT)


def tier_colours(theme: str) -> list[str]:
    """One colour per tier, in the order of `TIERS`."""
    return [palette(theme).categories[place] for place in TIERS.values()]


def stage_colours(theme: str) -> list[str]:
    """One colour per stage of a customer's life, in the order of `LIFECYCLE`."""
    return [palette(theme).categories[place] for place in LIFECYCLE.values()]


def state_colours(theme: str) -> list[str]:
    """One colour per state of a clock, in the order of `STATES`."""
    colours = palette(theme)
    return [
        colours.mark_good,
        colours.mark_warn,
        colours.mark_bad,
        colours.mark,
        colours.categories[3],
        colours.soft,
    ]


def part_colours(theme: str) -> list[str]:
    """One colour per part of a ticket's way, in the order of `PARTS`; what is not our time is grey."""
    colours = palette(theme)
    return [
        colours.categories[4],
        colours.categories[0],
        colours.categories[1],
        colours.categories[3],
        colours.soft,
    ]


def ramp(theme: str, steps: int) -> list[str]:
    """``steps`` of the colours for what is ordered from harmless to bad, such as ages; at most as many as there are."""
    ordered = palette(theme).ordered
    last = len(ordered) - 1
    return [ordered[round(last * step / max(steps - 1, 1))] for step in range(steps)]


def config(theme: str) -> dict[str, Any]:
    """What every picture shares: quiet axes, one font, no frame. Sizes in pixels."""
    colours = palette(theme)
    axis = {
        "labelColor": colours.muted,
        "titleColor": colours.muted,
        "gridColor": colours.line,
        "domainColor": colours.line,
        "tickColor": colours.line,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelLimit": 220,
        "labelPadding": 6,
        "ticks": False,
    }
    legend = {"labelColor": colours.text, "titleColor": colours.muted, "labelFontSize": 12, "orient": "top"}
    return {
        "font": FONT,
        "background": "transparent",
        "view": {"stroke": None},
        "axis": axis,
        "axisY": {"domain": False},
        "axisX": {"grid": False},
        "legend": {**legend, "title": None, "symbolType": "circle"},
        "range": {"category": list(colours.categories)},
        "text": {"color": colours.text, "fontSize": 12},
        "padding": 4,
    }
