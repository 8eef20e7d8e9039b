"""What rises, as it is told: against pandas on the complaints it rests on, and where there is nothing to tell."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.queries import fixture, voices
from tests.queries.test_rising import FLAT, LAST, UNTIL, surge
from tests.risen import company
from tests.ui.conftest import texts
from ui import rising
from words import t

Told = Callable[..., AppTest]


def _script(part: str, lang: str) -> None:
    from queries import Scope, meta
    from ui import rising
    from ui.view import View

    getattr(rising, part)(View(lang, "light", Scope(), None, "none", meta()))


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """``told(folder, part, lang)``: what that part of the screens says of the warehouse in a folder."""

    def _told(folder: Path, part: str = "section", lang: str = "en") -> AppTest:
        monkeypatch.setenv("WAREHOUSE_DIR", str(folder))
        app = AppTest.from_function(_script, args=(part, lang), default_timeout=60).run()
        assert not app.exception
        return app

    return _told


@pytest.fixture(scope="module")
def complaints() -> pd.DataFrame:
    """Eighty weeks of complaints, in the last of which one cause is four times as frequent in one region."""
    rows = surge(company(np.random.default_rng(5), FLAT[:80]), 4, cause="cause 1", region="region 0")
    numbers = np.arange(len(rows))
    rows["cause"] = rows["cause"].replace("cause 1", "late_delivery")
    return rows.assign(
        text_id=numbers,
        source="ticket",
        ticket_id=[f"T{number}" for number in numbers],
        customer_id=[f"C{number % 500}" for number in numbers],
        is_vip=numbers % 500 < 100,
        said_at=rows["day"],
    )


@pytest.fixture(scope="module")
def risen(complaints: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("risen")
    path = fixture.publish(folder, {"causes": voices.CAUSES})
    with duckdb.connect(str(path)) as connection:
        columns = connection.execute("SELECT column_name, column_type FROM (DESCRIBE fact_complaints)").fetchall()
        given = complaints.assign(day=complaints["day"].dt.date)
        kinds = {name: "VARCHAR" if kind.startswith("ENUM") else kind for name, kind in columns}
        chosen = [f"{name if name in given else 'NULL'}::{kind} AS {name}" for name, kind in kinds.items()]
        connection.execute(f"CREATE OR REPLACE TABLE fact_complaints AS SELECT {', '.join(chosen)} FROM given")
        connection.execute("UPDATE meta SET value = ? WHERE key = 'as_of_day'", [str(UNTIL)])
    return folder


def test_an_alert_says_how_many_who_and_whose_and_opens_its_complaints(
    risen: Path, complaints: pd.DataFrame, told: Told
) -> None:
    app = told(risen)
    here = complaints[(LAST - complaints["day"]).dt.days < 7]
    own = here[(here["cause"] == "late_delivery") & (here["region"] == "region 0")]
    (card,) = app.metric
    assert "region 0" in card.label and card.value == t("en", "rising.count", n=len(own))
    said = " ".join(texts(app))
    vips = own.loc[own["is_vip"], "customer_id"].nunique()
    assert t("en", "rising.hit_vips", customers=own["customer_id"].nunique(), vips=vips) in said
    assert "Logistics" in said
    assert f"{100 * len(own) / (here['region'] == 'region 0').sum():.1f}" in said
    elsewhere = (here["cause"] == "late_delivery").sum() - len(own)
    assert t("en", "rising.other_region", n=elsewhere, usual="").split(",")[0] in said
    assert app.button(key="rows-rising-0").label == t("en", "rising.open", n=len(own))
    assert app.button(key="plan-rising-0").label == t("en", "measures.plan")


def test_the_rows_behind_an_alert_are_those_it_counts(
    risen: Path, complaints: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    from queries import Scope, ask, meta
    from queries.rising import rising as of
    from queries.rising_policy import rising_policy
    from ui.view import View

    monkeypatch.setenv("WAREHOUSE_DIR", str(risen))
    view = View("en", "light", Scope(), None, "none", meta())
    (alert,) = of(ask("cause_weeks", view.scope, until=UNTIL), rising_policy()).alerts
    rows = rising.complaints(view, view.scope, alert, UNTIL)
    found = ask(rows.question, rows.scope, **rows.params).to_pandas()
    assert len(found) == alert.n == found["total"].iloc[0]
    assert set(found["region"]) == {"region 0"}


def test_an_alert_that_stays_or_has_eased_names_its_last_day_and_what_rises_with_it(
    risen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from queries import Scope, ask, meta
    from queries.cause_counts import Series
    from queries.rising import Beside
    from queries.rising import rising as of
    from queries.rising_policy import rising_policy
    from ui.view import View

    monkeypatch.setenv("WAREHOUSE_DIR", str(risen))
    view = View("en", "light", Scope(), None, "none", meta())
    (alert,) = of(ask("cause_weeks", view.scope, until=UNTIL), rising_policy()).alerts
    assert not rising._stays(view, alert, UNTIL)
    whole = Beside(Series(None, "region", "region 0"), 77, 41.6)
    later = replace(alert, back=3, beside=whole)
    assert "2 Jan" in rising._stays(view, later, UNTIL)
    eased = rising._eased(view, later, UNTIL)
    assert "2 Jan" in eased and f"now {alert.n} in 7 days" in eased and "region 0" in eased
    facts = " ".join(rising._facts(view, later, UNTIL))
    assert "All complaints · region 0 rise with it: 77, usually about 42" in facts
    inside = replace(alert, beside=Beside(Series("late_delivery", "region", "region 0"), 9, 2.4))
    assert "Late delivery, 9, usually about 2" in " ".join(rising._facts(view, inside, UNTIL))


def test_the_first_screen_names_it_in_one_line(risen: Path, told: Told) -> None:
    for lang in ("en", "zh"):
        (button,) = told(risen, "line", lang).button
        assert "region 0" in button.label


def test_where_there_is_nothing_to_tell_it_says_so(warehouses: dict[str, Path], told: Told) -> None:
    assert t("en", "rising.undated") in texts(told(warehouses["empty"]))
    assert "weeks of complaints" in " ".join(texts(told(warehouses["full"])))
    assert not texts(told(warehouses["full"], "line")) and not texts(told(warehouses["empty"], "line"))
