"""The app under AppTest, on a warehouse that is full, holds surveys only, is empty, or is not there."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from tests.queries import actions_fixture, fixture, outreach_fixture
from tests.screens import PATHS as PAGES
from warehouse.load import load
from warehouse.publish import current
from warehouse.sample import Planted, generate, planted

APP = Path(__file__).resolve().parents[2] / "app.py"
Open = Callable[..., AppTest]
UNTIL = date(2025, 11, 27)
"""The last day of the company that tells its causes."""


def _publish_undated(folder: Path) -> None:
    """A team that has only surveys, none of them with a date."""
    path = fixture.publish(folder, {"fact_surveys": fixture.surveys(dated=False)})
    with duckdb.connect(str(path)) as connection:
        connection.execute("DELETE FROM meta WHERE key IN ('as_of', 'as_of_day')")


@pytest.fixture(scope="session")
def warehouses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Folder by the state of the warehouse in it; read only."""
    folders = {name: tmp_path_factory.mktemp(name) for name in ("full", "partial", "empty", "none")}
    fixture.publish(folders["full"], fixture.rows())
    _publish_undated(folders["partial"])
    fixture.publish(folders["empty"], {})
    return folders


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a store in which people have written about the full warehouse's customers and causes; read only."""
    url = outreach_fixture.write(tmp_path_factory.mktemp("written"))
    actions_fixture.write(url)
    return url


@pytest.fixture
def open_app(warehouses: dict[str, Path], written: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """``open_app(page, lang, state, **link)`` runs the app as someone who follows that link would see it."""

    def _open(page: str = "today", lang: str = "en", state: str = "full", **link: str | list[str]) -> AppTest:
        monkeypatch.setenv("WAREHOUSE_DIR", str(warehouses[state]))
        if state == "full":
            monkeypatch.setenv("STORE_URL", written)
        else:
            monkeypatch.delenv("STORE_URL", raising=False)
        app = AppTest.from_file(str(APP), default_timeout=60)
        for key, value in {"lang": lang, **link}.items():
            app.query_params[key] = value
        return go(app, page)

    yield _open
    st.cache_data.clear()


def go(app: AppTest, page: str) -> AppTest:
    """Open another page of the running app, as a click in the navigation does."""
    app._page_hash = calc_hash(PAGES[page])
    return app.run()


def texts(app: AppTest) -> list[str]:
    """Everything that is written on the page, labels, helps and buttons included."""

    def all_of(*kinds: str) -> list[Any]:
        return [element for kind in kinds for element in app.get(kind)]

    found = [element.value for element in all_of("title", "header", "subheader", "markdown", "caption", "metric")]
    found += [element.value for element in all_of("info", "success", "warning", "error")]
    for element in all_of("metric", "button", "selectbox", "multiselect"):
        found += [element.label, element.proto.help]
    found += [element.delta for element in all_of("metric")] + [element.label for element in all_of("expander")]
    found += [option for element in all_of("selectbox", "multiselect") for option in element.options]
    return [str(text) for text in found if text]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Planted]:
    """A published warehouse of the sample company, and what is hidden in it. Who uses it joins its xdist group."""
    files, folder = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("sample")
    generate(files, scale=0.3, until=UNTIL)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("TEAM_TIMEZONE", raising=False)
        load([files], folder=folder, fresh=True)
    return folder, planted.read(files)


@pytest.fixture
def company(sample: tuple[Path, Planted], monkeypatch: pytest.MonkeyPatch) -> Iterator[Planted]:
    monkeypatch.setenv("WAREHOUSE_DIR", str(sample[0]))
    yield sample[1]


def sent(app: AppTest, key: str) -> pd.DataFrame:
    """The rows that the page sends to the picture ``key``."""
    for chart in app.get("vega_lite_chart"):
        if f"-{key}" in chart.proto.id:
            return _frame(chart)
    raise AssertionError(f"there is no picture {key}")


def _frame(chart: Any) -> pd.DataFrame:
    found: pd.DataFrame = pa.ipc.open_stream(chart.proto.data.data).read_pandas()
    return found


def facts(folder: Path, query: str) -> pd.DataFrame:
    served = current(folder)
    assert served is not None
    with duckdb.connect(served, read_only=True) as con:
        return con.execute(query).df()
