"""The charts of the naive page, as Altair objects with their data in them."""

import altair as alt
import pandas as pd

Chart = alt.LayerChart | alt.FacetChart
BLUE, RED, GREY = "steelblue", "firebrick", "grey"


def trend(found: pd.DataFrame, before: pd.DataFrame | None, target: float | None, label: str) -> Chart:
    """A share over time with its interval and target, and the line it is compared with."""
    base = alt.Chart(found, height=280)
    x, y = alt.X("bucket:T", title=None), alt.Y("value:Q", title=None, scale=alt.Scale(zero=False)).axis(format="%")
    tips = [alt.Tooltip("bucket:T"), alt.Tooltip("value:Q", title=label, format=".1%"), alt.Tooltip("n:Q", format=",")]
    layers: list[alt.Chart] = [base.mark_area(color=BLUE, opacity=0.15).encode(x=x, y="low:Q", y2="high:Q")]
    if target is not None:
        layers.append(alt.Chart(pd.DataFrame({"target": [target]})).mark_rule(color=GREY).encode(y="target:Q"))
    if before is not None:
        layers.append(alt.Chart(before).mark_line(color=GREY, strokeDash=[5, 4]).encode(x=x, y=y))
    layers.append(base.mark_line(color=BLUE, point=True).encode(x=x, y=y, tooltip=tips))
    return alt.layer(*layers)


def bars(found: pd.DataFrame, target: float | None, label: str) -> Chart:
    """A share by group: bars with their interval, the target, and names and figures beside them; a click picks one."""
    shown = found.assign(note=[_note(*pair) for pair in zip(found["compliance"], found["decided"], strict=True)])
    base = alt.Chart(shown, height=alt.Step(30))
    y = alt.Y("value:N", sort=None, title=None)
    x = alt.X("compliance:Q", title=None, scale=alt.Scale(domain=[0, 1])).axis(format="%")
    tips = ["value:N", alt.Tooltip("compliance:Q", title=label, format=".1%"), alt.Tooltip("decided:Q", format=",")]
    colour = alt.condition(f"datum.compliance < {target or 0}", alt.value(RED), alt.value(BLUE))
    picked = alt.selection_point(name="pick", fields=["value"])
    layers: list[alt.Chart] = [
        base.mark_bar().encode(x=x, y=y, color=colour, tooltip=tips).add_params(picked),
        base.mark_rule().encode(x="low:Q", x2="high:Q", y=y),
        base.mark_text(align="left", dx=4).encode(x=alt.value(0), y=y, text="note:N"),
    ]
    if target is not None:
        layers.append(base.mark_tick(thickness=2).encode(x=alt.datum(target), y=y))
    return alt.layer(*layers)


def _note(share: float, n: int) -> str:
    return f"{share:.1%} of {n:,}" if share == share else "–"


def lengths(found: pd.DataFrame) -> Chart:
    """Tickets per length of time."""
    base = alt.Chart(found, height=250)
    x = alt.X("label:N", sort=None, title=None).axis(labelAngle=0)
    tips = ["label:N", alt.Tooltip("tickets:Q", format=","), alt.Tooltip("share:Q", format=".1%")]
    drawn = base.mark_bar(color=BLUE).encode(x=x, y="tickets:Q", tooltip=tips)
    return alt.layer(drawn, base.mark_text(dy=-6).encode(x=x, y="tickets:Q", text="note:N"))


def stacked(found: pd.DataFrame, group: str, part: str, size: str) -> Chart:
    """One bar per group, cut into its parts; a click picks one."""
    picked = alt.selection_point(name="pick", fields=[group, part])
    drawn = alt.Chart(found, height=alt.Step(30)).mark_bar().encode(x=f"{size}:Q", y=f"{group}:N", color=f"{part}:N")
    return alt.layer(drawn.encode(tooltip=[f"{group}:N", f"{part}:N", f"{size}:Q"]).add_params(picked))


def columns(found: pd.DataFrame, x: str, part: str, size: str) -> Chart:
    """One column per value of ``x``, cut into its parts."""
    drawn = (
        alt.Chart(found, height=230).mark_bar().encode(x=alt.X(f"{x}:O", sort=None), y=f"{size}:Q", color=f"{part}:N")
    )
    return alt.layer(drawn.encode(tooltip=[f"{x}:O", f"{part}:N", f"{size}:Q"]))


def week(found: pd.DataFrame, size: str) -> Chart:
    """Hours of the week: days down, hours across."""
    base = alt.Chart(found, height=alt.Step(30)).encode(x="hour:O", y=alt.Y("day:O", sort=None), tooltip=[f"{size}:Q"])
    return alt.layer(base.mark_rect().encode(color=f"{size}:Q"), base.mark_text().encode(text=f"{size}:Q"))


def curve(found: pd.DataFrame) -> Chart:
    """Compliance by target."""
    base = alt.Chart(found, height=230)
    return alt.layer(base.mark_line(point=True).encode(x=alt.X("target:O", sort=None), y="share:Q"))
