"""The theme: readable in light and dark, and the same in the pictures as in Streamlit's own widgets."""

import tomllib
from itertools import product
from pathlib import Path

import pytest

from charts.theme import PALETTES, Palette

CONFIG = tomllib.loads((Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
TEXT = ("text", "muted", "primary", "good", "bad", "warn")
MARKS = ("mark", "soft", "mark_good", "mark_bad", "mark_warn")


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_the_guideline_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_text_can_be_read(palette: Palette) -> None:
    for name, ground in product(TEXT, (palette.background, palette.surface)):
        assert contrast(getattr(palette, name), ground) >= 4.5, name


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_marks_stand_out(palette: Palette) -> None:
    for colour in (*(getattr(palette, name) for name in MARKS), *palette.categories, *palette.ordered):
        assert contrast(colour, palette.background) >= 3, colour


@pytest.mark.parametrize("name", PALETTES)
def test_streamlit_wears_the_same_colours(name: str) -> None:
    stated, palette = CONFIG["theme"][name], PALETTES[name]
    expected = {
        "primaryColor": palette.primary,
        "backgroundColor": palette.background,
        "secondaryBackgroundColor": palette.surface,
        "textColor": palette.text,
        "borderColor": palette.line,
        "redTextColor": palette.bad,
        "greenTextColor": palette.good,
        "orangeTextColor": palette.warn,
        "grayTextColor": palette.muted,
        "redColor": palette.mark_bad,
        "greenColor": palette.mark_good,
        "chartCategoricalColors": list(palette.categories),
    }
    assert {key: stated[key] for key in expected} == expected


def test_nothing_leaves_the_house_and_no_error_detail_shows() -> None:
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["runner"]["postScriptGC"] is False
