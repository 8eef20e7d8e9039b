"""Where customers were and where they are: bands from the groups of one day to those of another. A click picks a band.

Bands are drawn as polygons that are worked out here, so that both ends of a band may be of different width.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt
import pyarrow as pa

from charts.build import PICK, Spec, finished
from charts.theme import LIFECYCLE, TIERS, palette, stage_colours, tier_colours
from words import t

HEIGHT = 420
NEW, PARTED = "new", "|"
"""The group of those who were not known on the earlier day; what stands between the two groups of a band."""
TIPS = ("move", "customers", "of_before", "of_now", "money", "why")
"""What a band tells, in this order: columns of its rows. Why is known of tiers only."""
_TEXTS = ("part", "value", "group", "text", *TIPS)
SCHEMA = pa.schema(
    [(name, pa.string()) for name in _TEXTS]
    + [(name, pa.float64()) for name in ("x", "y", "y2")]
    + [("stays", pa.bool_())]
)
"""The columns of all rows together; each part has some of them."""
_TOP, _GAP, _NODE = 24, 20, 9
_POINTS = 24
GROUPS: Mapping[str, tuple[str, ...]] = {"tier": tuple(TIERS), "life_stage": tuple(LIFECYCLE)}
"""The groups of each kind, from top to bottom."""
Row = dict[str, Any]


@dataclass(frozen=True)
class Band:
    """Customers who went from one group to another: how wide the band is at both ends, and what it tells."""

    before: str
    now: str
    wide_before: float
    wide_now: float
    told: Mapping[str, str]


@dataclass(frozen=True)
class Side:
    """The groups of one day: where each begins and ends, in pixels from the top."""

    groups: Mapping[str, tuple[float, float]]


def rows(bands: Sequence[Band], names: Mapping[str, str], heads: tuple[str, str], order: Sequence[str]) -> list[Row]:
    """What `flow` draws. ``names``: what to write at ``before:<group>`` and ``now:<group>``; ``heads``: the two days;
    ``order``: the groups from top to bottom. A group without any customer is left out."""
    befores = {group: [b.wide_before for b in bands if b.before == group] for group in order}
    nows = {group: [b.wide_now for b in bands if b.now == group] for group in order}
    sizes = [{group: sum(wide) for group, wide in side.items() if wide} for side in (befores, nows)]
    unit = min(_unit(side) for side in sizes)
    left, right = (_placed(side, unit) for side in sizes)
    found = [*_ribbons(bands, left, right, order, unit)]
    for end, side, head in (("before", left, heads[0]), ("now", right, heads[1])):
        found.append({"part": f"head_{end}", "text": head, "y": 6.0})
        for group, (top, bottom) in side.groups.items():
            found.append({"part": f"node_{end}", "group": group, "y": top, "y2": bottom})
            found.append({"part": f"name_{end}", "text": names[f"{end}:{group}"], "y": (top + bottom) / 2})
    return found


def _unit(sizes: Mapping[str, float]) -> float:
    """Pixels for one of what bands are as wide as."""
    return float((HEIGHT - _TOP - _GAP * len(sizes)) / max(sum(sizes.values()), 1e-9))


def _placed(sizes: Mapping[str, float], unit: float) -> Side:
    groups, top = {}, _TOP + _GAP / 2
    for group, size in sizes.items():
        groups[group] = (top, top + size * unit)
        top += size * unit + _GAP
    return Side(groups)


def _ribbons(bands: Sequence[Band], left: Side, right: Side, order: Sequence[str], unit: float) -> Iterator[Row]:
    rank = {group: place for place, group in enumerate(order)}
    starts = {group: top for group, (top, _) in left.groups.items()}
    ends = {group: top for group, (top, _) in right.groups.items()}
    for band in sorted(bands, key=lambda band: (rank[band.before], rank[band.now])):
        begin, end = starts[band.before], ends[band.now]
        starts[band.before] += band.wide_before * unit
        ends[band.now] += band.wide_now * unit
        for point in range(_POINTS + 1):
            across = point / _POINTS
            bent = across * across * (3 - 2 * across)
            top = begin + (end - begin) * bent
            wide = (band.wide_before + (band.wide_now - band.wide_before) * bent) * unit
            yield {
                "part": "band",
                "value": f"{band.before}{PARTED}{band.now}",
                "group": band.before,
                "stays": band.before == band.now,
                "x": across,
                "y": top,
                "y2": top + max(wide, 1.0),
                **band.told,
            }


@cache
def flow(kind: str, lang: str, theme: str) -> Spec:
    """Rows as `rows` makes them. ``kind``: tier or life_stage, whose colours the groups have."""
    bands = _bands(kind, lang, theme)
    picked = alt.selection_point(name=PICK, fields=["value"], on="click", clear=False)
    layers = [bands.add_params(picked), *_nodes(kind, theme), *_texts(theme)]
    return finished(alt.layer(*layers, height=HEIGHT), theme)


def _only(part: str) -> alt.Chart:
    return alt.Chart().transform_filter(f"datum.part == '{part}'")


def _y() -> alt.Y:
    return alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[HEIGHT, 0], nice=False, zero=False))


def _colour(kind: str, theme: str) -> alt.Color:
    colours = tier_colours(theme) if kind == "tier" else stage_colours(theme)
    scale = alt.Scale(domain=[*GROUPS[kind], NEW], range=[*colours, palette(theme).soft])
    return alt.Color("group:N", scale=scale, legend=None)


def _bands(kind: str, lang: str, theme: str) -> alt.Chart:
    """Those who stayed are paler than those who moved."""
    tips = [alt.Tooltip(f"{name}:N", title=t(lang, f"flow.{name}")) for name in TIPS if kind == "tier" or name != "why"]
    area: alt.Chart = (
        _only("band")
        .mark_area(cursor="pointer")
        .encode(
            x=alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False)),
            y=_y(),
            y2="y2:Q",
            detail="value:N",
            color=_colour(kind, theme),
            opacity=alt.condition("datum.stays", alt.value(0.28), alt.value(0.72)),
            tooltip=tips,
            description=alt.Description("move:N"),
        )
    )
    return area


def _nodes(kind: str, theme: str) -> list[alt.Chart]:
    left, right = (_only(f"node_{end}").mark_rect(aria=False) for end in ("before", "now"))
    colour = _colour(kind, theme)
    inner = alt.value(alt.ExprRef(f"width - {_NODE}"))
    return [
        left.encode(x=alt.value(0), x2=alt.value(_NODE), y=_y(), y2="y2:Q", color=colour),
        right.encode(x=inner, x2=alt.value("width"), y=_y(), y2="y2:Q", color=colour),
    ]


def _texts(theme: str) -> list[alt.Chart]:
    """The names of the groups stand on the bands, beside the groups' own ends, with a rim; the days above."""
    colours, drawn = palette(theme), []
    for end, x, align, dx in (
        ("before", alt.value(0), "left", _NODE + 5),
        ("now", alt.value("width"), "right", -_NODE - 5),
    ):
        style: dict[str, Any] = {"align": align, "baseline": "middle", "aria": False, "tooltip": None}
        rim = _only(f"name_{end}").mark_text(
            **style, dx=dx, stroke=colours.background, strokeWidth=3.5, strokeJoin="round", strokeOpacity=0.85
        )
        name = _only(f"name_{end}").mark_text(**style, dx=dx, color=colours.text, fontWeight=600)
        head = _only(f"head_{end}").mark_text(**style, color=colours.muted)
        drawn += [layer.encode(x=x, y=_y(), text="text:N") for layer in (rim, name, head)]
    return drawn
