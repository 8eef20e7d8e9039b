"""The lifecycle health report on the screen: what it finds, what opens, in both languages, and before there is data."""

import json
from collections.abc import Callable
from datetime import date
from itertools import product

import pyarrow as pa
import pytest

from charts.build import PICK, Spec
from charts.cohorts import cohorts
from charts.grid import grid
from charts.steps import steps
from charts.survival import survival
from charts.theme import LIFECYCLE, PALETTES, tier_colours
from queries import METRICS, Scope
from schemas import HEALTH_PARTS
from schemas import LIFECYCLE as STAGES
from tests.queries.tier_fixture import ENDS
from tests.ui.conftest import Open, texts
from tests.ui.test_tiers import view
from ui import lifecycle, lifecycle_summary
from ui.months import Ends
from ui.view import View
from words import LANGUAGES, t

JANUARY, FEBRUARY, MARCH = ENDS
SPECS: dict[str, Callable[[str, str], Spec]] = {
    "cohorts": cohorts,
    "steps": steps,
    "survival": lambda lang, theme: survival(lang, theme, ("a", "b"), ("red", "blue")),
    "stages": lambda lang, theme: grid("stages", lang, theme, "lifecycle"),
    "parts": lambda lang, theme: grid("parts", lang, theme, "lifecycle"),
}


@pytest.mark.parametrize("name, lang, theme", list(product(SPECS, LANGUAGES, PALETTES)))
def test_pictures_speak_the_readers_language(name: str, lang: str, theme: str) -> None:
    spec = SPECS[name](lang, theme)
    told = json.dumps(spec, ensure_ascii=False)
    assert '"datasets"' not in told
    assert any(word in told for word in ("客户", "阶段")) == (lang == "zh")
    assert [param["name"] for param in spec.get("params", ())] == ([PICK] if name not in ("steps", "survival") else [])


def test_stages_stand_in_the_order_of_the_contract() -> None:
    assert tuple(LIFECYCLE) == STAGES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_says_what_was_counted(open_app: Open, lang: str) -> None:
    """Three of five are active: C1, C2 and C3; in February they were C1, C2 and C4."""
    app = open_app("lifecycle", lang, "full", period="all")
    assert not app.exception and not app.error
    shown = {metric.label: metric.value for metric in app.metric}
    assert shown[METRICS["active_customers"].label[lang]] == "3"
    assert shown[METRICS["repurchase_90"].label[lang]].startswith("50.0")
    assert len(shown) == 8
    day = t(lang, "scope.day", year=2026, month="Feb" if lang == "en" else "2", day=28)
    assert any(day in text for text in texts(app))


def test_the_sentence_on_top_tells_changes_best_and_worst() -> None:
    ends = Ends(MARCH, FEBRUARY, False, JANUARY, None, 365)
    parts = {f"health_{part}": 50.0 for part in HEALTH_PARTS} | {f"n_{part}": 4 for part in HEALTH_PARTS}
    row = {
        "active": 3,
        "customers": 5,
        "health": 70.0,
        "judged": 4,
        **parts,
        "health_voice": 90.0,
        "health_spend": 10.0,
    }
    then = {**row, "active": 4, "health": 75.0}
    moves = [
        {"stage_before": "retention", "stage": "retention", "customers": 9},
        {"stage_before": "retention", "stage": "churned", "customers": 2},
        {"stage_before": "new", "stage": "acquisition", "customers": 7},
    ]
    told = lifecycle_summary.findings(view_of_all(), ends, [row], [then], moves)
    assert told == (
        "**3** of 5 customers are active (1 fewer than on 28 Feb 2026); the largest move since then is "
        "Retention → Churned (2 customers); the health of customers is **70** of 100, -5 since then, best in "
        "Voice (90), weakest in Spend (10)."
    )
    assert lifecycle_summary.findings(view_of_all(), ends, [row], [], []).startswith("**3** of 5 customers are active;")


def view_of_all() -> View:
    """A view of everything."""
    return view(Scope())


def test_the_year_before_is_not_there_yet(open_app: Open) -> None:
    app = open_app("lifecycle", "en", "full", period="all", ago="year")
    assert not app.exception and not app.error
    assert all(not metric.delta for metric in app.metric)


def test_a_period_amid_the_data_reports_its_own_end(open_app: Open) -> None:
    app = open_app("lifecycle", "en", "full", period="last_month")
    assert any("**28 Feb 2026**" in text for text in texts(app))


def test_teams_without_orders_see_what_to_load(open_app: Open) -> None:
    for state in ("partial", "empty"):
        app = open_app("lifecycle", "en", state)
        assert t("en", "empty.load_table", table=t("en", "table.orders")) in [info.value for info in app.info]


def test_nothing_under_the_filters_is_said(open_app: Open) -> None:
    app = open_app("lifecycle", "en", "full", period="all", tier="core", region="West")
    assert t("en", "empty.no_rows") in [info.value for info in app.info] and not app.exception


def test_a_year_of_staying_in_words() -> None:
    curve = [
        {"life_days": day, "share": share, "low": share and share - 0.1, "high": share + 0.05}
        for day, share in ((30, 1.0), (300, 0.9), (400, 0.6), (500, 0.5), (700, 0.2))
    ]
    told = lifecycle.staying_sentence(view_of_all(), curve)
    assert told and "**90.0" in told and "80.0" in told and "**16** months" in told
    assert lifecycle.staying_sentence(view_of_all(), curve[:2]) is None


def test_each_curve_begins_with_everybody_in_the_colour_of_its_tier(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[pa.Table, Spec]] = []
    monkeypatch.setattr("ui.lifecycle.pictures.draw", lambda table, spec, *_: drawn.append((table, spec)))
    row = {"life_days": 40, "share": 0.5, "low": 0.4, "high": 0.6, "at_risk": 7, "churned": 3}
    lifecycle.staying(
        view_of_all(), pa.Table.from_pylist([{"value": tier, **row} for tier in ("core", "dormant", "growth")]), "tier"
    )
    table, spec = drawn[0]
    firsts = [one for one in table.to_pylist() if one["life_days"] == 0]
    assert [(one["label"], one["share"], one["at_risk"]) for one in firsts] == [
        (name, 1.0, 7) for name in ("Core", "Growth", "Dormant")
    ]
    scale = spec["layer"][1]["encoding"]["color"]["scale"]
    assert scale == {"domain": ["Core", "Growth", "Dormant"], "range": tier_colours("light")[:3]}


def test_quarters_and_months_have_names() -> None:
    assert lifecycle.cohort(view_of_all(), date(2026, 4, 1), "quarter") == "Q2 2026"
    assert lifecycle.cohort(view_of_all(), date(2026, 4, 1), "month") == "Apr 2026"
