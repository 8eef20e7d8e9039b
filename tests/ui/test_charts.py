"""Pictures: a valid spec for every metric, language and theme, without data in it, in the reader's words."""

import json
from functools import reduce
from itertools import product
from types import SimpleNamespace

import altair as alt
import pytest

from charts.bars import bars
from charts.build import IN_ONE_LINE, PICK, Spec
from charts.lateness import lateness
from charts.numbers import NBSP, change, duration, number, of
from charts.signed import groups
from charts.spread import spread
from charts.theme import PALETTES
from charts.trend import trend
from charts.verdict import verdict
from queries import METRICS
from words import LANGUAGES

BOTH = list(product(LANGUAGES, PALETTES))


@pytest.mark.parametrize("lang, theme", BOTH)
@pytest.mark.parametrize("metric", ["nps", "compliance", "response_median", "revenue", "backlog"])
def test_every_kind_of_metric_has_its_pictures(metric: str, lang: str, theme: str) -> None:
    for spec in (bars(metric, lang, theme), trend(metric, lang, theme, "month", True)):
        told = json.dumps(spec, ensure_ascii=False)
        assert METRICS[metric].label[lang] in told
        assert '"data"' not in told and '"datasets"' not in told


def test_bars_can_be_picked_and_specs_are_built_once() -> None:
    spec = bars("compliance", "en", "light")
    assert [param["name"] for param in spec["params"]] == [PICK]
    assert bars("compliance", "en", "light") is spec


@pytest.mark.parametrize(
    "figure, high, told",
    [(0.7, 0.8, "mark_bad"), (0.7, 0.95, "doubt"), (0.7, 0.9, "doubt"), (0.7, None, "mark_bad"), (0.95, 0.99, "mark")],
)
@pytest.mark.parametrize("theme", PALETTES)
def test_only_a_miss_beyond_chance_is_red(theme: str, figure: float, high: float | None, told: str) -> None:
    made = alt.Chart().mark_bar().encode(color=verdict(METRICS["compliance"], theme)).to_dict()["encoding"]["color"]
    signs = {"&&": "and", "!(": "not (", "isValid(datum.high)": "datum.high is not None"}
    for case in made["condition"]:
        case["test"] = reduce(lambda text, sign: text.replace(*sign), signs.items(), case["test"])
    datum = SimpleNamespace(figure=figure, high=high)
    found = next((case["value"] for case in made["condition"] if eval(case["test"], {"datum": datum})), made["value"])
    assert found == getattr(PALETTES[theme], told)


def test_shares_have_no_mark_at_nothing() -> None:
    """An upright line without a target would be read as one."""
    ticks = {name: json.dumps(groups(name, "en", "light")).count('"tick"') for name in ("fcr", "csat", "nps")}
    assert ticks == {"fcr": 0, "csat": 1, "nps": 2}


@pytest.mark.parametrize("lang, theme", BOTH)
def test_tooltips_write_a_bucket_in_one_line(lang: str, theme: str) -> None:
    for spec in (spread(lang, theme), lateness(lang, theme)):
        told = json.dumps([layer["encoding"].get("tooltip", []) for layer in spec["layer"]])
        assert '"line"' in told and '"label"' not in told
        assert IN_ONE_LINE in [step.get("calculate") for step in _steps(spec)]


def _steps(spec: Spec) -> list[dict[str, str]]:
    return [step for part in (spec, *spec["layer"]) for step in part.get("transform", [])]


def test_months_are_named_in_the_readers_language() -> None:
    assert "月" in json.dumps(trend("compliance", "zh", "light", "month"), ensure_ascii=False)
    assert "月" not in json.dumps(trend("compliance", "en", "light", "month"), ensure_ascii=False)
    assert spread("zh", "dark") != spread("zh", "light")


@pytest.mark.parametrize(
    "minutes, en, zh",
    [
        (0, "0 s", "0 秒"),
        (0.75, "45 s", "45 秒"),
        (12, "12 min", "12 分钟"),
        (80, "1 h 20 min", "1 小时 20 分钟"),
        (60, "1 h", "1 小时"),
        (59.7, "1 h", "1 小时"),
        (2 * 1440 + 4 * 60 + 5, "2 d 4 h", "2 天 4 小时"),
        (1440 + 5, "1 d", "1 天"),
    ],
)
def test_lengths_of_time_read_naturally(minutes: float, en: str, zh: str) -> None:
    assert duration(minutes, "en") == en.replace(" ", NBSP)
    assert duration(minutes, "zh") == zh.replace(" ", NBSP)


def test_numbers_are_written_by_unit() -> None:
    assert number(0.836, "percent", "en", 1) == f"83.6{NBSP}%"
    assert number(0.836, "percent", "zh", 1) == "83.6%"
    assert number(1234.4, "money", "en", 0, "¥") == "¥1,234"
    assert number(None, "count", "en") == number(float("nan"), "count", "en") == "–"
    assert of(METRICS["nps"], 53.42, "en") == "+53.4"
    assert of(METRICS["nps"], -3, "en") == "-3.0"


def test_changes_carry_their_sign_but_zero_has_none() -> None:
    assert change(METRICS["compliance"], 0.012, "en") == f"+1.2{NBSP}pts"
    assert change(METRICS["compliance"], -0.012, "zh") == f"-1.2{NBSP}个百分点"
    assert change(METRICS["compliance"], 0.0001, "en") == f"0.0{NBSP}pts"
    assert change(METRICS["backlog"], -4, "en") == "-4"
    assert change(METRICS["backlog"], 0, "en") == "0"
    assert change(METRICS["backlog"], None, "en") is None
