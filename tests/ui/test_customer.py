"""One customer as a reader sees them: found, opened from any row, led on to tickets and back, and masked."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from queries import Scope, Viewer, ask
from queries.relations import MASK
from tests.queries import fixture
from tests.ui.conftest import Open, texts
from tests.ui.test_pages import sound
from ui import subjects
from words import LANGUAGES, t

NAMES = [row["customer_id"] for row in fixture.CUSTOMERS]


@pytest.fixture
def served(warehouses: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAREHOUSE_DIR", str(warehouses["full"]))


def figure(app: AppTest, name: str, lang: str = "en") -> str:
    return next(metric.value for metric in app.metric if metric.label == t(lang, f"customer.{name}"))


@pytest.mark.usefixtures("served")
def test_a_customer_s_numbers_are_those_of_the_other_screens() -> None:
    listed = {row["customer_id"]: row for row in ask("tier_customers", Scope()).to_pylist()}
    risks = {row["customer_id"]: row for row in ask("watchlist", Scope(), which="all").to_pylist()}
    open_tickets = ask("ticket_rows", Scope(), which="all", state="open").to_pylist()
    for name in NAMES:
        now = ask("customer_history", Scope(), customer=name).to_pylist()[-1]
        for column in ("tier", "months_in_tier", "past_value", "recency_days"):
            assert now[column] == listed[name][column]
        risk = ask("customer_risk", Scope(), customer=name).to_pylist()
        assert [{key: risks[name][key] for key in row if key in risks[name]} for row in risk] == [
            {key: value for key, value in row.items() if key in risks[name]} for row in risk
        ]
        assert bool(risk) == (name in risks)
        [service] = ask("customer_service", Scope(), customer=name).to_pylist()
        assert service["open_tickets"] == sum(row["customer_id"] == name for row in open_tickets)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_link_opens_the_customer(open_app: Open, lang: str) -> None:
    app = open_app("customer", lang, "full", customer="C1")
    sound(app)
    told = " ".join(texts(app))
    assert "Name C1" in told and t(lang, "value.tier.core") in told
    assert figure(app, "service", lang) == str(
        sum(row["is_open"] and row["customer_id"] == "C1" for row in fixture.tickets())
    )
    assert app.text_input(key="customer").value == "C1"


def test_search_lists_who_could_be_meant(open_app: Open) -> None:
    app = open_app("customer")
    assert t("en", "customer.find") in [info.value for info in app.info]
    app.text_input(key="customer").set_value("name").run()
    (table,) = app.dataframe
    assert sorted(table.value["customer_id"]) == NAMES
    app.text_input(key="customer").set_value("Atlantis").run()
    assert t("en", "customer.nobody") in [info.value for info in app.info]


def test_another_customer_s_number_opens_that_customer(open_app: Open) -> None:
    """The title follows what is searched for, not what a link had named."""
    app = open_app("customer", "en", "full", customer="C1")
    app.text_input(key="customer").set_value("name").run()
    assert "Name C1 (C1)" not in texts(app)
    app.text_input(key="customer").set_value("C2").run()
    sound(app)
    told = " ".join(texts(app))
    assert t("en", "customer.gone") not in told and t("en", "customer.named", name="Name C2", id="C2") in told


def test_a_masked_name_is_not_found_but_the_number_is(open_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.viewer.here", lambda: Viewer("v", sees_personal=False))
    app = open_app("customer", customer="Name C1")
    assert t("en", "customer.nobody") in [info.value for info in app.info]
    app.text_input(key="customer").set_value("C1").run()
    sound(app)
    told = " ".join(texts(app))
    assert MASK in told and "Name C1" not in told


def test_a_row_opens_its_ticket_else_its_customer() -> None:
    rows = pa.table({"customer_id": ["C1", "C2", None], "ticket_id": ["T1", None, None]})
    assert [subjects.of_row(rows, place) for place in range(3)] == [("ticket", "T1"), ("customer", "C2"), None]
    assert subjects.of_row(rows.drop_columns("ticket_id"), 0) == ("customer", "C1")


def test_a_ticket_leads_to_its_customer(open_app: Open) -> None:
    app = open_app("care")
    own = next(row for row in fixture.tickets() if row["customer_id"] == "C1")
    app.session_state[subjects.CHOSEN] = ("ticket", own["ticket_id"])
    app.run()
    sound(app)
    name = t("en", "customer.named", name="Name C1", id="C1")
    assert app.button(key="ticket-customer").label == name
    app.button(key="ticket-customer").click().run()
    sound(app)
    assert figure(app, "so_far")


def test_what_is_led_through_is_led_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """A path through subjects, without a browser: each once, back to where one came from, the dialog's own last."""
    session: dict[str, object] = {}
    drawn: list[subjects.Subject] = []
    monkeypatch.setattr("ui.subjects.st.session_state", session)
    monkeypatch.setattr("ui.subjects.st.button", lambda *_, **__: None)
    monkeypatch.setattr("ui.subjects.st.header", lambda *_, **__: None)
    monkeypatch.setattr("ui.subjects._title", lambda *_: "")
    monkeypatch.setattr("ui.subjects._contents", lambda: {kind: _draws(drawn, kind) for kind in subjects.COLUMNS})

    class Words:
        t = staticmethod(lambda *_, **__: "")

    subjects.start()
    assert not subjects.draw(Words()), "nothing is chosen yet"  # type: ignore[arg-type]
    for kind, number in (("customer", "C1"), ("ticket", "T1"), ("customer", "C1"), ("ticket", "T2")):
        subjects.choose(kind, number)
        assert subjects.draw(Words())  # type: ignore[arg-type]
        assert drawn[-1] == (kind, number)
    subjects._back()
    assert subjects.draw(Words()) and drawn[-1] == ("customer", "C1")  # type: ignore[arg-type]
    subjects._back()
    assert not subjects.draw(Words()), "the customer came first, and is led through once"  # type: ignore[arg-type]


def _draws(drawn: list[subjects.Subject], kind: str) -> Callable[[object, str], None]:
    return lambda _, number: drawn.append((kind, number))
