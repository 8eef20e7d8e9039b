"""Past watchlists as a reader sees them: one sentence, three methods side by side, the list and what came of it."""

import pytest

from tests.ui.conftest import Open, texts
from words import LANGUAGES, t


def test_one_sentence_says_what_came_of_a_list(open_app: Open) -> None:
    """February by the model: C1 and C4 of the list had left; silence alone lists C1 and C2, the score C4 and C1."""
    app = open_app("proof")
    told = " ".join(texts(app))
    assert "Of the 5 customers on the list of 28 Feb 2026, 2 had left 3 months later." in told
    assert "2 of 5" not in told, "both months together stand in the table"
    app.selectbox(key="list_of").set_value("2026-01-31").run()
    assert "Of the 4 customers on the list of 31 Jan 2026, 2 had left 3 months later." in " ".join(texts(app))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_three_methods_stand_side_by_side_with_why(open_app: Open, lang: str) -> None:
    app = open_app("proof", lang)
    told = " ".join(texts(app))
    for method in ("model", "recency", "signals"):
        assert t(lang, f"value.method.{method}") in told
    assert "0.100" in told and "0.200" in told and "0.300" in told, "the errors that the choice rests on"
    (table,) = app.dataframe
    assert list(table.value["customer_id"])[:2] == ["C1", "C4"]
    assert table.value["came_of_it"][0] == t(lang, "value.came_of_it.left")
    assert not app.exception


def test_filters_narrow_the_past_lists(open_app: Open) -> None:
    told = " ".join(texts(open_app("proof", "en", "full", region="East")))
    assert "Of the 2 customers on the list of 28 Feb 2026, 1 had left" in told
    assert t("en", "proof.among_all", told="") in told, "why the model ranks is told of all customers, and says so"
    assert "the model has no advantage" in told, "in the East every method lists the same customers"
    assert "no advantage" not in " ".join(texts(open_app("proof")))


@pytest.mark.parametrize("state", ["partial", "empty"])
def test_without_past_lists_the_page_says_what_it_takes(open_app: Open, state: str) -> None:
    app = open_app("proof", "en", state)
    assert t("en", "proof.none_yet") in [info.value for info in app.info]
