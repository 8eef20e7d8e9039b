"""The scope: canonical keys, comparison periods, predicates and sentences."""

from dataclasses import replace
from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlglot import exp

from queries import DIMENSIONS, EVERYONE, NOT_GIVEN, BadScope, Scope, Viewer, ask, options, unapplied

SEPTEMBER = Scope(date(2026, 9, 1), date(2026, 9, 30))


def test_equal_choices_are_equal_keys() -> None:
    one = Scope().narrow("region", ["West", "East", "West"]).narrow("tier", "core")
    other = Scope(filters=(("tier", ("core",)), ("region", ("East",)), ("region", ("West",))))
    assert one == other
    assert hash(one) == hash(other)
    assert one.narrow("tier", ()).narrow("region", ()) == Scope()


def test_two_viewers_with_the_same_rights_share_answers() -> None:
    assert Scope(viewer=Viewer("a", ("Support",))) == Scope(viewer=Viewer("b", ("Support",)))
    assert Scope(viewer=Viewer("a", ("Support",))) != Scope(viewer=Viewer("a", ("Logistics",)))
    assert Scope(viewer=Viewer("a", sees_personal=False)) != Scope(viewer=Viewer("a"))


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda: Scope(date(2026, 2, 1), date(2026, 1, 1)), "ends before"),
        (lambda: Scope(filters=(("colour", ("red",)),)), "no filter 'colour'"),
        (lambda: Scope(filters=(("tier", (1,)),)), "must be texts"),  # type: ignore[arg-type]
        (lambda: Scope(date(2026, 1, 1)).previous("period"), "both ends"),
        (lambda: options("colour"), "no filter 'colour'"),
    ],
)
def test_nonsense_is_refused(make: object, complaint: str) -> None:
    assert callable(make)
    with pytest.raises(BadScope, match=complaint):
        make()


def test_the_period_before_is_as_long_and_ends_the_day_before() -> None:
    before = SEPTEMBER.previous("period")
    assert (before.start, before.end) == (date(2026, 8, 2), date(2026, 8, 31))


def test_a_year_earlier_keeps_the_dates_even_of_a_leap_day() -> None:
    earlier = Scope(date(2024, 2, 29), date(2024, 3, 31)).previous("year")
    assert (earlier.start, earlier.end) == (date(2023, 2, 28), date(2023, 3, 31))


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 800))
def test_period_before_property(start: date, days: int) -> None:
    scope = Scope(start, start + timedelta(days=days)).narrow("tier", "core")
    before = scope.previous("period")
    assert before.start is not None
    assert before.end is not None
    assert before.end - before.start == timedelta(days=days)
    assert before.end + timedelta(days=1) == start
    assert before.filters == scope.filters


def test_same_shape_means_same_text() -> None:
    one = SEPTEMBER.narrow("tier", ["core", NOT_GIVEN])
    other = Scope(date(2020, 1, 1), date(2020, 1, 2)).narrow("tier", [NOT_GIVEN, "x' OR 1=1 --"])
    assert one.shape == other.shape
    assert one.predicate(DIMENSIONS, "day") == other.predicate(DIMENSIONS, "day")
    assert one.shape != SEPTEMBER.narrow("tier", ["core", "growth"]).shape


@given(
    st.lists(st.tuples(st.sampled_from(DIMENSIONS), st.lists(st.text(max_size=8), max_size=3)), max_size=4),
    st.sampled_from([None, date(2026, 1, 1)]),
    st.sampled_from([None, date(2026, 2, 1)]),
    st.sampled_from([EVERYONE, Viewer("v", ("a", NOT_GIVEN), ()), Viewer("v", None, ("b", "c"))]),
)
def test_a_predicate_names_only_known_parameters_and_no_value(
    filters: list[tuple[str, list[str]]], start: date | None, end: date | None, viewer: Viewer
) -> None:
    pairs = tuple((name, tuple(values)) for name, values in filters)
    scope = Scope(start, end, pairs[:2], viewer, pairs[2:])
    predicate = scope.predicate(DIMENSIONS, "day")
    named = {node.name for node in predicate.find_all(exp.Placeholder)}
    columns = ", ".join(f"NULL::VARCHAR AS {name}" for name in DIMENSIONS)
    assert predicate == scope.shape.predicate(DIMENSIONS, "day")
    duckdb.execute(
        f"SELECT * FROM (SELECT {columns}, NULL::DATE AS day) WHERE {predicate.sql(dialect='duckdb')}",
        {name: scope.values[name] for name in named},
    ).fetchall()


def test_sentence() -> None:
    scope = SEPTEMBER.narrow("region", ["East"]).narrow("channel", [NOT_GIVEN, "shop"])
    assert scope.sentence("en") == "1–30 Sep 2026 · region: East · channel: shop, not given"
    assert scope.sentence("zh") == "2026年9月1日–30日 · 地区:East · 渠道:shop、未填写"


def test_what_is_left_out_is_said() -> None:
    scope = replace(SEPTEMBER, besides=(("region", ("East",)), ("tier", ("core",))))
    assert scope.sentence("en") == "1–30 Sep 2026 · all except tier: Core, region: East"
    assert scope.sentence("zh") == "2026年9月1日–30日 · 不含客户等级:高价值核心、地区:East"


@pytest.mark.parametrize(
    ("start", "end", "en", "zh"),
    [
        (None, None, "all dates", "全部日期"),
        (date(2026, 9, 1), None, "since 1 Sep 2026", "2026年9月1日起"),
        (None, date(2026, 9, 1), "until 1 Sep 2026", "截至2026年9月1日"),
        (date(2026, 9, 1), date(2026, 9, 1), "1 Sep 2026", "2026年9月1日"),
        (date(2026, 9, 1), date(2026, 10, 3), "1 Sep – 3 Oct 2026", "2026年9月1日–10月3日"),
        (date(2025, 12, 28), date(2026, 1, 3), "28 Dec 2025 – 3 Jan 2026", "2025年12月28日–2026年1月3日"),
        (date(2025, 9, 28), date(2026, 9, 3), "28 Sep 2025 – 3 Sep 2026", "2025年9月28日–2026年9月3日"),
    ],
)
def test_periods_in_words(start: date | None, end: date | None, en: str, zh: str) -> None:
    assert Scope(start, end).sentence("en") == en
    assert Scope(start, end).sentence("zh") == zh


def test_the_sentence_names_what_the_viewer_is_limited_to() -> None:
    scope = Scope(viewer=Viewer("v", ("Support",), ()))
    assert scope.sentence("en") == "all dates · limited to region: nothing · limited to department: Support"
    assert scope.sentence("zh") == "全部日期 · 仅限地区:无 · 仅限部门:Support"


@pytest.mark.usefixtures("full")
def test_options_come_from_the_data_with_not_given_last() -> None:
    assert options("tier") == ("core", "dormant", "growth", "standard", NOT_GIVEN)
    assert options("product") == ("P1", "P2", NOT_GIVEN)
    assert options("channel") == ("chat", "email", "phone", "wecom")
    assert options("department", Viewer("v", ("Support",))) == ("Support",)


@pytest.mark.usefixtures("empty")
def test_without_data_there_are_no_options() -> None:
    assert [options(dimension) for dimension in DIMENSIONS] == [()] * len(DIMENSIONS)


@pytest.mark.usefixtures("full")
def test_a_filter_that_cannot_be_applied_is_named() -> None:
    scope = Scope().narrow("channel", "phone").narrow("tier", "core")
    assert unapplied("order_facts", scope) == {"channel": ("scoped_orders",)}
    assert unapplied("survey_facts", scope) == {}
    assert ask("order_facts", scope) == ask("order_facts", Scope().narrow("tier", "core"))


HOSTILE = [
    "' OR 1=1 --",
    '"; DROP TABLE meta; --',
    "$tier_0",
    "%s",
    "?",
    "\\",
    "x" * 10_000,
    "', 'core",
    "\x00",
    "; SELECT 1",
]


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: value[:12])
@pytest.mark.usefixtures("full")
def test_hostile_filter_values_are_only_values(value: str) -> None:
    for dimension in DIMENSIONS:
        found = ask("metric_value", Scope().narrow(dimension, value), metric="tickets_opened").to_pylist()[0]
        assert found["value"] == 0
    both = ask("metric_value", Scope().narrow("tier", ["core", value]), metric="tickets_opened")
    assert both == ask("metric_value", Scope().narrow("tier", "core"), metric="tickets_opened")


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: value[:12])
@pytest.mark.usefixtures("full")
def test_hostile_parameter_values_are_only_values(value: str) -> None:
    assert ask("ticket_rows", Scope(), kind=value).num_rows == 0
    assert ask("reject_samples", Scope(), rule=value).num_rows == 0
