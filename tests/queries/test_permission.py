"""What a viewer may not see is in no answer, whatever the question."""

from collections.abc import Iterable
from contextlib import suppress

import pyarrow as pa
import pytest

from queries import METRICS, BadQuestion, Scope, Viewer, ask
from queries.catalogue import Param, Question, questions
from queries.compose import compose
from queries.relations import MASK, relations
from tests.queries import fixture
from tests.queries.actions_fixture import ACTIONS

SUPPORT = Viewer("support", departments=("Support",))
EAST = Viewer("east", regions=("East",))
BOTH = Viewer("both", departments=("Support",), regions=("East",))
NOTHING = Viewer("nothing", departments=())
each_question = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.xdist_group(f"question {name}")) for name in sorted(questions())]
)
"""All tests of one question run on one worker: what two of them ask is answered once, from memory the second time."""


def ways(question: Question) -> list[dict[str, str]]:
    """Ways to ask: the first choice of every parameter that has choices, and each other choice of one of them."""
    choices = {name: list(_choices(param)) for name, param in question.params.items()}
    first = {name: values[0] for name, values in choices.items() if values}
    return [first, *({**first, name: value} for name in first for value in choices[name][1:])]


def _choices(param: Param) -> Iterable[str]:
    """A parameter's choices; of the metrics, one per relation."""
    if param.kind != "metric":
        return param.choices or ()
    return {metric.relation: metric.id for metric in METRICS.values() if metric.headline != "stock"}.values()


def answers(question: Question, scope: Scope) -> list[pa.Table]:
    """The question's answers in every way in which it can be asked; at least one."""
    found = []
    for way in ways(question):
        with suppress(BadQuestion):  # a metric that has no such column to be split by
            found.append(ask(question.name, scope, **way))
    assert found
    return found


@each_question
@pytest.mark.usefixtures("full")
def test_rows_of_others_never_show(name: str) -> None:
    for viewer in (SUPPORT, EAST, BOTH):
        allowed = dict(viewer.limits)
        for table in answers(questions()[name], Scope(viewer=viewer)):
            for column in {"department", "region"} & set(table.column_names) & set(allowed):
                assert set(table.column(column).to_pylist()) <= set(allowed[column]), name


@each_question
@pytest.mark.usefixtures("full")
def test_a_limited_viewer_reads_what_the_filter_gives(name: str) -> None:
    """A limit is no other than a filter that cannot be lifted, wherever the filter applies."""
    question = questions()[name]
    for narrowed, limited in (
        (Scope().narrow("department", "Support"), Scope(viewer=SUPPORT)),
        (Scope().narrow("region", "East"), Scope(viewer=EAST)),
    ):
        dimension = narrowed.filters[0][0]
        read = [relations()[name] for name in _read_by(question)]
        if all(dimension in relation.dimensions and relation.filtered for relation in read):
            assert answers(question, narrowed) == answers(question, limited)


def _read_by(question: Question) -> set[str]:
    """The relations that a question reads, in whatever way it is asked, and that hold rows of customers."""
    found = {name for way in ways(question) for name in _relations(question, way)}
    return {name for name in found if relations()[name].permission}


def _relations(question: Question, way: dict[str, str]) -> tuple[str, ...]:
    defaults = {key: param.default for key, param in question.params.items()}
    with suppress(BadQuestion):
        return compose(question.name, Scope(), {**defaults, **way}).relations
    return ()


@each_question
@pytest.mark.usefixtures("full")
def test_who_may_see_nothing_reads_as_an_empty_filter_does(name: str) -> None:
    secret = {row["ticket_id"] for row in fixture.tickets()} | {row["customer_id"] for row in fixture.CUSTOMERS}
    for table in answers(questions()[name], Scope(viewer=NOTHING)):
        for column in table.columns:
            assert not secret & set(column.to_pylist())


@pytest.mark.usefixtures("full")
def test_limits_hold_under_filters_that_contradict_them() -> None:
    for dimension, value, viewer in (("department", "Logistics", SUPPORT), ("region", "West", EAST)):
        scope = Scope(viewer=viewer).narrow(dimension, value)
        assert ask("ticket_rows", scope).num_rows == 0
        assert ask("metric_value", scope, metric="tickets_opened").to_pylist()[0]["value"] == 0


@pytest.mark.usefixtures("full")
def test_a_relation_without_the_limited_dimension_is_closed() -> None:
    assert ask("order_facts", Scope(viewer=SUPPORT)).to_pylist()[0]["orders"] == 0
    assert ask("reject_samples", Scope(viewer=EAST)).num_rows == 0
    assert ask("reject_rules", Scope(viewer=EAST)).num_rows == 3


@pytest.mark.usefixtures("full")
def test_an_action_is_read_by_those_whom_it_concerns() -> None:
    """One limited to the East (A2) is read there alone, one without a limit (A1, A3) by all."""
    latest = {entry.action: entry.region for entry in ACTIONS}
    assert set(latest.values()) == {"East", None}
    for value in ("East", "West"):
        mine = {action for action, region in latest.items() if region in (value, None)}
        for scope in (Scope(viewer=Viewer(value, regions=(value,))), Scope().narrow("region", value)):
            for name in ("action_rows", "action_effects"):
                assert set(ask(name, scope).column("action_id").to_pylist()) == mine
            for action, region in latest.items():
                told = ask("action_history", scope, action=action).num_rows
                assert told == sum(entry.action == action for entry in ACTIONS if entry.region in (value, None)), region
    assert ask("action_rows", Scope(viewer=NOTHING)).num_rows == len(latest)
    assert ask("action_rows", Scope(viewer=Viewer("none", regions=()))).num_rows == list(latest.values()).count(None)


@each_question
@pytest.mark.usefixtures("full")
def test_personal_data_is_masked_unless_the_role_needs_it(name: str) -> None:
    personal = {"customer_name", "text", "comment", "raw", "value", "detail"}
    open_to_all, masked = (Scope(viewer=Viewer("v", sees_personal=sees)) for sees in (True, False))
    for shown, hidden in zip(answers(questions()[name], open_to_all), answers(questions()[name], masked), strict=True):
        if name not in ("reject_samples",) and "value" in hidden.column_names:
            assert shown.column("value").null_count == hidden.column("value").null_count
        for column in (personal - {"value"} if name != "reject_samples" else personal) & set(hidden.column_names):
            assert set(hidden.column(column).to_pylist()) <= {MASK, None}
            assert hidden.column(column).null_count == shown.column(column).null_count


def test_every_relation_over_customers_asks_for_permission() -> None:
    """Only relations that hold no row of a customer may be open to all."""
    open_to_all = {name for name, relation in relations().items() if not relation.permission}
    assert open_to_all == {
        "scoped_calendar",
        "scoped_care_rules",
        "scoped_days",
        "scoped_contents",
        "scoped_loads",
        "scoped_reject_reasons",
        "scoped_month_ends",
        "scoped_score_cuts",
        "scoped_tier_rules",
        "scoped_words",
        "scoped_search_words",
        "scoped_causes",
        "scoped_cause_actions",
        "scoped_cause_actions_history",
        "scoped_cause_rules",
        "scoped_topics",
        "scoped_topic_pools",
        "scoped_scenarios",
        "scoped_accepted_rules",
        "scoped_signal_rules",
        "scoped_churn_models",
        "scoped_backlog_ages",
        "scoped_demand_rules",
        "scoped_handling_rules",
        "scoped_sla_settings",
        "scoped_sla_rules",
        "scoped_clock_windows",
        "scoped_value_models",
        "scoped_value_tracking",
        "scoped_mood_models",
        "scoped_mood_bands",
        "scoped_feed_groups",
    }
