"""The screen for sales, product and marketing: what each is given, and what is said where there is nothing to give."""

from tests.ui.conftest import Open, texts


def test_each_department_finds_its_list(open_app: Open) -> None:
    app = open_app("handover", period="all")
    assert not app.exception
    said = "\n".join(texts(app))
    for heading in ("what people ask before they buy", "what customers wish for", "what promoters say"):
        assert heading in said
    assert "different comments may be quoted" in said
    shown = [frame.value for frame in app.dataframe]
    assert len(shown) == 3 and all(len(frame) for frame in shown)
    assert not {"Customer", "Customer no."} & set(shown[2].columns)


def test_without_consent_nothing_is_quoted_and_the_reader_learns_why(open_app: Open) -> None:
    """A team that has surveys only, none dated, and no customers: nothing to sell by, nothing that may be quoted."""
    app = open_app("handover", state="partial", lang="zh")
    assert not app.exception and not app.dataframe
    assert len(app.info) == 3
