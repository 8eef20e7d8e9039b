"""Flows from group to group: bands as wide as they should be, groups without gaps, words in either language."""

import json
from itertools import pairwise, product

import pytest

from charts import flow
from charts.build import PICK
from charts.flow import HEIGHT, NEW, Band
from charts.theme import PALETTES, TIERS
from tests.ui.conftest import Open, texts
from words import LANGUAGES

ORDER = (*TIERS, NEW)
BANDS = [
    Band("core", "core", 60, 60, {}),
    Band("core", "dormant", 30, 10, {}),
    Band("dormant", "core", 10, 20, {}),
    Band(NEW, "core", 0, 5, {}),
]


def drawn() -> list[flow.Row]:
    names = {f"{end}:{group}": group for end in ("before", "now") for group in ORDER}
    return flow.rows(BANDS, names, ("then", "now"), ORDER)


def test_bands_are_as_wide_as_they_should_be_at_both_ends() -> None:
    rows = drawn()
    unit = (HEIGHT - 24 - 20 * 3) / 100
    for band in BANDS:
        points = [row for row in rows if row.get("value") == f"{band.before}|{band.now}"]
        first, last = points[0], points[-1]
        assert (first["x"], last["x"]) == (0, 1)
        assert first["y2"] - first["y"] == pytest.approx(max(band.wide_before * unit, 1))
        assert last["y2"] - last["y"] == pytest.approx(max(band.wide_now * unit, 1))


def test_bands_fill_their_groups_without_gap_or_overlap() -> None:
    rows = drawn()
    for end, at in (("before", 0), ("now", 1)):
        for node in (row for row in rows if row["part"] == f"node_{end}"):
            own = [
                row
                for row in rows
                if row["part"] == "band" and row["x"] == at and row["value"].split("|")[at] == node["group"]
            ]
            tops = sorted((row["y"], row["y2"]) for row in own if row["y2"] - row["y"] > 1)
            assert not tops or (tops[0][0], tops[-1][1]) == pytest.approx((node["y"], node["y2"]))
            assert all(upper[1] == pytest.approx(lower[0]) for upper, lower in pairwise(tops))


def test_groups_without_anybody_are_left_out_and_all_stay_within_the_picture() -> None:
    rows = drawn()
    assert [row["group"] for row in rows if row["part"] == "node_before"] == ["core", "dormant", NEW]
    assert [row["group"] for row in rows if row["part"] == "node_now"] == ["core", "dormant"]
    assert all(0 <= row["y"] <= row.get("y2", 0) + HEIGHT and row.get("y2", 0) <= HEIGHT for row in rows)


def test_the_fullest_flow_has_fewer_marks_than_would_hide_them_from_screen_readers() -> None:
    names = {f"{end}:{group}": group for end in ("before", "now") for group in (*flow.GROUPS["life_stage"], NEW)}
    order = (*flow.GROUPS["life_stage"], NEW)
    every = [Band(one, other, 1, 1, {}) for one, other in product(order, order[:-1])]
    assert len(flow.rows(every, names, ("a", "b"), order)) < 2000


@pytest.mark.parametrize("kind, lang, theme", list(product(flow.GROUPS, LANGUAGES, PALETTES)))
def test_flows_speak_the_readers_language(kind: str, lang: str, theme: str) -> None:
    spec = flow.flow(kind, lang, theme)
    told = json.dumps(spec, ensure_ascii=False)
    assert '"datasets"' not in told and ("客户" in told) == (lang == "zh")
    assert [param["name"] for param in spec["params"]] == [PICK]
    assert flow.flow(kind, lang, theme) is spec


def test_any_two_month_ends_can_be_chosen(open_app: Open) -> None:
    """From January to February only C1 moved, and more spending explains it; from February on C1 stayed."""
    app = open_app("tiers", "en", "full", period="all", moved_from="2026-01-31", moved_to="2026-02-28")
    assert [box.value for box in app.selectbox if box.key in ("moved_from", "moved_to")] == ["2026-01-31", "2026-02-28"]
    assert any("**1** Growth → Core: more spend 100" in text for text in texts(app))
    app.selectbox(key="moved_from").set_value("2026-02-28").run()
    assert app.selectbox(key="moved_to").value == "2026-03-10" and not app.exception
    assert not any("Growth → Core" in text for text in texts(app))
