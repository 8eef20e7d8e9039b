"""What the section on expected value says, by the model and by the simple rule, in both languages."""

import json
from pathlib import Path
from typing import Any

import pytest

from charts.tracking import tracking
from queries import Scope, ask, meta
from tests.queries.tier_fixture import ENDS
from ui import lifetime, months
from ui.view import View


@pytest.fixture(autouse=True)
def full(warehouses: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """The fixture's warehouse is served."""
    monkeypatch.setenv("WAREHOUSE_DIR", str(warehouses["full"]))


def view(lang: str) -> View:
    return View(lang, "light", Scope(), None, "none", meta())


def model(place: int) -> dict[str, Any]:
    """The model of one of the fixture's month-ends."""
    found: dict[str, Any] = ask("value_models", Scope(None, ENDS[place])).to_pylist()[0]
    return found


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_sentence_names_the_total_and_its_customers(lang: str) -> None:
    seen, ends = view(lang), months.ends(view(lang))
    total = ask("value_totals", Scope()).to_pylist()[0]
    assert ends
    told = lifetime.expected(seen, ends, total, model(2))
    assert f"{total['clv']:,.0f}" in told and "**4**" in told and "50" in told and "{" not in told


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_how_it_is_worked_out_says_which_model_and_why_not(lang: str) -> None:
    simple, correlated, whole = (lifetime._worked_out(view(lang), model(place)) for place in range(3))
    assert [len(told) for told in (simple, correlated, whole)] == [2, 3, 3]
    assert view(lang).t("lifetime.why_too_few") in simple[1]
    assert view(lang).t("lifetime.why_correlated") in correlated[2]
    assert "BG/NBD" in whole[1] and "2.6" in whole[1] and "20.0" in whole[1]
    assert "Gamma-Gamma" in whole[2] and "30" in whole[2]


@pytest.mark.parametrize(("expected", "key"), [(60.0, "many"), (40.0, "few"), (50.0, "few")])
def test_the_proof_says_on_which_side_it_erred(expected: float, key: str) -> None:
    row = ask("value_proof", Scope()).to_pylist()[0] | {"expected": expected, "error": expected / 50 - 1}
    told = lifetime._proof(view("en"), row)
    assert f"too {key}" in told and f"{abs(expected / 50 - 1):.1%}"[:-1] in told
    assert "None came" in lifetime._proof(view("en"), {**row, "actual": 0, "error": None})


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_picture_shows_both_lines_and_the_split(lang: str, theme: str) -> None:
    told = json.dumps(tracking(lang, theme), ensure_ascii=False)
    for word in ("came", "foretold", "learnt", "ahead"):
        assert view(lang).t(f"lifetime.{word}") in told
    assert '"datasets"' not in told and '"field": "split"' in told
