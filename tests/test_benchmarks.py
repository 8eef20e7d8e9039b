"""The harness: its figures are right, and the naive page that it compares with shows the same numbers as ours."""

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from benchmarks import clocks, months, report, texts
from benchmarks.measure import percentile, ratio, ratio_of_medians, views
from benchmarks.pages import times
from benchmarks.server import NAIVE
from tests.queries import fixture
from warehouse.sample import generate
from warehouse.settings import ROOT

CHOICES = {"tier": ["core", "growth"], "region": ["East", "West"], "channel": ["email"], "period": ["all", "last_7"]}


def test_ratios() -> None:
    assert ratio(3, 2) == 1.5
    assert ratio(3, 0) is None
    assert ratio_of_medians([9, 1, 3], [2, 2, 90]) == 1.5
    assert ratio_of_medians([], [1]) is None


def test_percentiles() -> None:
    hundred = [float(n) for n in range(100, 0, -1)]
    assert [percentile(hundred, share) for share in (0, 0.5, 0.95, 1)] == [1, 50, 95, 100]
    assert percentile([7], 0.95) == 7
    assert percentile([], 0.5) is None


def test_views_differ_in_their_filters() -> None:
    found = views(CHOICES, 8)
    filters = [{name: value for name, value in view.items() if name != "period"} for view in found]
    assert len(found) == 8
    assert all(each not in filters[:place] and each for place, each in enumerate(filters))
    assert "channel" not in {name for view in found for name in view}
    assert found == views(CHOICES, 8)


def test_results_of_another_machine_are_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "README.md").write_text("told\n<!-- load --><!-- /load -->\n<!-- machine --><!-- /machine -->\n")
    monkeypatch.setattr(report, "machine", lambda: {"cores": "2"})
    report.keep("load", 1, [{"rows": 1000, "wall_ratio": 1.5}], tmp_path)
    report.keep("load", 10, [{"rows": 10000, "wall_ratio": None}], tmp_path)
    text = (tmp_path / "README.md").read_text()
    assert text.startswith("told\n") and "cores 2" in text
    assert "| 1x | 1,000 |" in text and "| 10x | 10,000 |" in text and "| 1.50 |" in text
    monkeypatch.setattr(report, "machine", lambda: {"cores": "4"})
    report.keep("load", 10, [{"rows": 10000}], tmp_path)
    assert list(json.loads((tmp_path / "results.json").read_text())["parts"]["load"]) == ["10"]


def test_the_steps_that_are_measured_are_steps_of_a_load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clocks, "OUT", tmp_path / "out")
    monkeypatch.setattr(months, "OUT", tmp_path / "out")
    files = generate(tmp_path / "files", scale=0.01)
    found = clocks.once(files)
    assert all(found[step] > 0 for step in clocks.WITH) and found["tickets"] > 500
    found = months.once(files)
    assert all(found[step] > 0 for step in months.WITH) and found["months"] > 1000
    monkeypatch.setattr(texts, "OUT", tmp_path / "out")
    assert all(found[step] > 0 for step in texts.STEPS)
    found = texts.once(files)
    assert found["texts"] > found["different"] > found["complaints"] > 300
    assert {key for key, _, _ in report.PARTS["texts"].columns} - {"share"} == set(found)
    assert all(found[name] > 0 for name in found)


@pytest.fixture
def published(folder: Path) -> None:
    """The small warehouse whose rows are known."""
    folder.mkdir()
    fixture.publish(folder, fixture.rows())


@pytest.mark.usefixtures("published")
def test_a_page_is_timed() -> None:
    found = times("service", runs=2)
    assert 0 < found["sql"] < found["script"]
    assert found["floor"] > 0


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("tier", [[], ["core"]])
def test_the_naive_page_shows_the_same_numbers(tier: list[str]) -> None:
    ours, naive = (AppTest.from_file(str(file), default_timeout=60) for file in (ROOT / "app.py", NAIVE))
    ours._page_hash = calc_hash("service-levels")
    for app in (ours, naive):
        app.query_params["tier"] = tier
        app.run()
        app.selectbox(key="period").set_value("all").run()
        assert not app.exception
    assert len(_figures(ours)) == 5 and _figures(naive) == _figures(ours)
    assert len(_counts(ours)) == 4 and _counts(naive) == _counts(ours)
    assert _tickets(ours) and _tickets(naive) == _tickets(ours)
    assert len(naive.get("vega_lite_chart")) == len(ours.get("vega_lite_chart")) > 0


def _figures(app: AppTest) -> list[tuple[str, str]]:
    return [(metric.label, metric.value) for metric in app.metric]


def _counts(app: AppTest) -> list[str]:
    return [text.value for text in app.markdown if "on time" in text.value or "open ones still wait" in text.value]


def _tickets(app: AppTest) -> list[Any]:
    return [list(table.value["ticket_id"]) for table in app.dataframe if "ticket_id" in table.value]
