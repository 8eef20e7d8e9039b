"""The signals of the churn watchlist: against pandas on the sample, by hand around each limit, and on partial data."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path

import pandas as pd
import pytest

from tests.warehouse import churn_oracle as oracle
from tests.warehouse.conftest import Sample, frame
from tests.warehouse.derived import Row, derived
from warehouse.sample import planted

pytestmark = pytest.mark.xdist_group("churn")
WATCHLIST = "82_watchlist"
"""The step that makes the list."""
LAST = datetime(2025, 6, 30, 12)
"""The data's last moment in the cases by hand."""


def accepted(folder: Path) -> oracle.Rows:
    """What the signals may look at, from the facts' own days; cancelled orders are none."""
    orders = frame(folder, "SELECT customer_id, day, net, status FROM fact_orders")
    contacts = frame(
        folder, "SELECT customer_id, day, kind, direction FROM fact_interactions WHERE customer_id IS NOT NULL"
    )
    tickets = frame(folder, "SELECT *, opened_day AS day FROM fact_tickets WHERE customer_id IS NOT NULL")
    columns = ", ".join(
        f"any_value({value}) FILTER (stage = '{stage}') AS {stage}_{value}"
        for stage in ("response", "feedback", "resolution")
        for value in ("state", "due_day")
    )
    wide = frame(folder, f"SELECT ticket_id, {columns} FROM fact_clocks GROUP BY ticket_id").set_index("ticket_id")
    tickets = tickets.join(wide, on="ticket_id")
    answers = frame(
        folder,
        "SELECT customer_id, survey_id, score, day, coalesce(answered_at, sent_at) AS at FROM fact_surveys "
        "WHERE kind = 'nps' AND score IS NOT NULL AND day IS NOT NULL AND customer_id IS NOT NULL",
    )
    last = pd.Timestamp(frame(folder, "SELECT value FROM meta WHERE key = 'as_of_day'").value[0])
    return oracle.Rows(orders[orders.status != "cancelled"], contacts, tickets, answers, last)


def test_every_signal_and_score_equals_pandas_on_the_sample(sample: Sample) -> None:
    rows = accepted(sample[1])
    expected = oracle.signals(rows).sort_values(["customer_id", "signal"], ignore_index=True)
    found = frame(sample[1], "SELECT customer_id, signal, now, usual, threshold FROM customer_signals ORDER BY ALL")
    assert set(found.signal) == set(oracle.SIGNALS), "the sample covers every signal"
    pd.testing.assert_frame_equal(found, expected, check_dtype=False, atol=1e-6)
    counts = frame(sample[1], "SELECT signal, sum(fires) AS fires FROM signal_counts GROUP BY signal").set_index(
        "signal"
    )
    assert counts.fires.to_dict() == expected.groupby("signal").size().to_dict()
    risks = frame(sample[1], "SELECT * FROM customer_risks").set_index("customer_id")
    assert risks.score[risks.score > 0].to_dict() == oracle.scores(expected).to_dict()
    assert (risks.risk[risks.score == 0] >= oracle.RULES["risk_min"]).all(), "the others have a high risk"
    value = oracle.value_at_risk(rows).reindex(risks.index).fillna(0)
    assert (risks.value_at_risk - value).abs().max() <= 0.5, "whole units of money"
    policy = oracle.RULES
    worth = (risks.score >= policy["score_min"]) | (risks.risk >= policy["risk_min"])
    worth &= risks.orders >= policy["min_orders"]
    worth &= (risks.value_at_risk >= policy["value_min"]) | risks.strategic
    assert risks.worth_a_call.tolist() == worth.tolist()


def test_days_left_run_up_to_the_limit_of_the_customer_s_own(sample: Sample) -> None:
    found = frame(sample[1], "SELECT customer_id, standing, days_left FROM customer_risks").set_index("customer_id")
    months = frame(
        sample[1],
        "SELECT customer_id, as_of, last_order_day, limit_days FROM customer_months "
        "WHERE as_of = (SELECT max(as_of) FROM customer_months)",
    ).set_index("customer_id")
    known = months.reindex(found.index)
    left = known.limit_days - (pd.to_datetime(known.as_of) - pd.to_datetime(known.last_order_day)).dt.days
    silent = found.standing == "silent"
    assert silent.any() and found.days_left[silent].isna().all() and (left[silent] < 0).all()
    pd.testing.assert_series_equal(
        found.days_left[~silent].dropna(), left[~silent].dropna().map(ceil), check_names=False, check_dtype=False
    )


def test_the_packed_parts_are_the_signals(sample: Sample) -> None:
    parts = frame(
        sample[1],
        "SELECT customer_id, split_part(part, ':', 1) AS signal, split_part(part, ':', 2)::INTEGER AS weight "
        "FROM (SELECT customer_id, unnest(string_split(signals, ' ')) AS part FROM customer_risks WHERE score > 0) "
        "ORDER BY ALL",
    )
    stored = frame(sample[1], "SELECT customer_id, signal, weight FROM customer_signals ORDER BY ALL")
    pd.testing.assert_frame_equal(parts, stored)


def test_planted_churners_head_the_lists(sample: Sample) -> None:
    """12 customers were planted who fade and stop: at least ten head the list of those already silent, the others can
    still be kept."""
    churners = set(planted.read(sample[0]).churners)
    listed = frame(
        sample[1],
        "SELECT customer_id, standing FROM customer_risks WHERE worth_a_call "
        "ORDER BY risk DESC NULLS LAST, score DESC, value_at_risk DESC, customer_id",
    )
    silent = listed.customer_id[listed.standing == "silent"]
    assert len(churners) == 12 and churners <= set(listed.customer_id)
    assert len(churners & set(silent[:15])) >= 0.8 * len(churners)


@pytest.mark.parametrize("end", ["2024-02-29", "2024-12-31"])
def test_a_past_month_end_is_judged_as_if_it_were_the_last_day(sample: Sample, end: str) -> None:
    """Every signal of a past month-end equals pandas, which sees nothing of what came later."""
    rows, day = accepted(sample[1]), pd.Timestamp(end)
    parts = {name: frame[frame.day <= day] for name, frame in vars(rows).items() if name != "last"}
    expected = oracle.signals(replace(rows, **parts, last=day))
    columns = ", ".join(f"fires_{signal}" for signal in oracle.SIGNALS)
    months = frame(
        sample[1], f"SELECT customer_id, signal_score, {columns} FROM customer_months WHERE as_of = DATE '{end}'"
    ).set_index("customer_id")
    found = {(who, name) for name in oracle.SIGNALS for who in months.index[months[f"fires_{name}"].eq(True)]}
    assert found == set(zip(expected.customer_id, expected.signal, strict=True))
    assert len({signal for _, signal in found}) >= 7
    assert months.signal_score[months.signal_score > 0].to_dict() == oracle.scores(expected).to_dict()


Case = dict[str, list[Row]]
"""What one customer did, by table."""
KEYS = {"orders": "order_id", "interactions": "interaction_id", "tickets": "ticket_id", "surveys": "survey_id"}
KNOWN: Case = {
    "tickets": [{"kind": "other", "opened_at": LAST}],
    "interactions": [{"happened_at": LAST, "channel": "app", "kind": "other", "direction": "inbound"}],
}
"""A customer who lets every table reach to the last day."""


def ago(days: float) -> datetime:
    return LAST - timedelta(days=days)


def ordered(*days: int, amount: float = 100) -> Case:
    """Orders so many days before the last."""
    return {"orders": [{"ordered_at": ago(day), "amount": amount} for day in days]}


def contacted(kind: str, *days: int) -> Case:
    """Contacts of a kind that the customer began so many days before the last, and one that we began."""
    said = [*((day, "inbound") for day in days), (3, "outbound")]
    rows = [{"happened_at": ago(day), "channel": "app", "kind": kind, "direction": by} for day, by in said]
    return {"interactions": rows}


def complained(*days: int) -> Case:
    """Complaints solved at once."""
    rows = [{"kind": "complaint", "opened_at": ago(day), "resolved_at": ago(day)} for day in days]
    return {"tickets": rows}


def late(*days: int) -> Case:
    """Requests due at once and done a minute later."""
    rows: list[Row] = [{"kind": "request", "opened_at": ago(day), "resolution_due_at": ago(day)} for day in days]
    return {"tickets": [{**row, "resolved_at": row["opened_at"] + timedelta(minutes=1)} for row in rows]}


def answered(*answers: tuple[int, int]) -> Case:
    """NPS answers: so many days before the last, with this score."""
    return {"surveys": [{"kind": "nps", "score": score, "answered_at": ago(day)} for day, score in answers]}


Fired = dict[str, tuple[float, float | None]]
"""Signal -> (now, usual)."""
SILENT: list[tuple[Case, tuple[float, float] | None]] = [
    (ordered(141, 101, 61), None),  # every 40 days, silent for 61: less than twice
    (ordered(160, 120, 80), None),  # exactly twice is not longer
    (ordered(161, 121, 81), (81, 40)),
    (ordered(40, 35, 30), None),  # every 5 days, but not yet longer than the floor
    (ordered(41, 36, 31), (31, 5)),
    (ordered(1161, 763, 365), None),  # every 398 days: the cap, not 796, and 365 is not longer
    (ordered(1162, 764, 366), (366, 398)),
    (ordered(121, 81), None),  # one gap is no rule
    (ordered(161, 121, 121, 81), (81, 40)),  # two orders on one day are no gap
]
"""Silence is judged by the customer's own gap."""
USUAL = (100, 140, 180, 220, 260, 300, 340, 380, 500)
"""Eight orders in the 360 days before the last 90 are two per 90 days."""
FIRED: list[tuple[Case, Fired]] = [
    (contacted("enquiry", 449, 300, 200, 100), {"fewer_consultations": (0, 1)}),  # four in 360 days are one per 90
    (contacted("enquiry", 449, 300, 200, 100, 20), {}),  # the contact that we began never counts
    (contacted("login", 449, 300, 200, 100), {"fewer_logins": (0, 1)}),
    (contacted("login", 449, 300, 200, 100, 20), {}),
    (complained(449, 20), {}),  # one is not rising
    (complained(449, 20, 10), {"more_complaints": (2, 0.25)}),
    (complained(449, 300, 200, 150, 100, 95, 20, 10), {}),  # two now are less than twice one and a half
    (complained(449, 300, 200, 100, 20, 10), {"more_complaints": (2, 1)}),
    (late(20), {}),
    (late(20, 89), {"breached": (2, None)}),
    (late(20, 91), {}),
    (answered((10, 6)), {"detractor": (6, None)}),
    (answered((10, 7)), {}),
    (answered((179, 0)), {"detractor": (0, None)}),
    (answered((180, 0)), {}),  # too old
    (answered((20, 3), (10, 9)), {}),  # the latest answer counts
    (answered((20, 9), (10, 3)), {"detractor": (3, None)}),
]
"""All that fires of one customer."""
DROPPED, AS_USUAL = ordered(*USUAL, 80), ordered(*USUAL, 80, 5)
CHEAPER: Case = {"orders": ordered(100, 180, 260, 340, 440)["orders"] + ordered(10, amount=49)["orders"]}
CANCELLED: Case = {"orders": ordered(161, 121, 81)["orders"] + [{**ordered(5)["orders"][0], "status": "cancelled"}]}
STOPPED = ordered(100, 97, 94, 91)
CASES = [*(case for case, _ in SILENT), *(case for case, _ in FIRED), DROPPED, AS_USUAL, CHEAPER, CANCELLED, STOPPED]


def lived(*cases: Case) -> dict[str, list[Row]]:
    """A company whose customers 0, 1 and so on did this."""
    rows: dict[str, list[Row]] = {table: [] for table in KEYS}
    for number, case in enumerate(cases):
        for table, given in case.items():
            own = {"customer_id": str(number)}
            rows[table] += [{KEYS[table]: f"{number}-{n}", **own, **row} for n, row in enumerate(given)]
    return rows


@pytest.fixture(scope="module")
def fired() -> Callable[[Case], Fired]:
    """``fired(case)``: the signals of that customer. All customers live in one company, and none changes another's."""
    with derived(lived(*CASES, KNOWN), until=WATCHLIST) as con:
        found = con.execute("SELECT customer_id, signal, now, usual FROM customer_signals").fetchall()
    return lambda case: {signal: (now, usual) for who, signal, now, usual in found if who == str(CASES.index(case))}


@pytest.mark.parametrize(("case", "silent"), SILENT)
def test_silence_is_judged_by_the_customer_s_own_gap(
    fired: Callable[[Case], Fired], case: Case, silent: tuple[float, float] | None
) -> None:
    assert fired(case).get("silence") == silent


@pytest.mark.parametrize(("case", "expected"), FIRED)
def test_contacts_complaints_targets_and_answers(fired: Callable[[Case], Fired], case: Case, expected: Fired) -> None:
    assert fired(case) == expected


def test_orders_and_spend_against_the_customer_s_own_usual(fired: Callable[[Case], Fired]) -> None:
    """One order now is half of two per 90 days."""
    assert fired(DROPPED)["fewer_orders"] == (1, 2)
    assert fired(DROPPED)["less_spend"] == (100, 200)
    assert {"fewer_orders", "less_spend"}.isdisjoint(fired(AS_USUAL))


def test_spend_may_fall_though_orders_do_not(fired: Callable[[Case], Fired]) -> None:
    assert set(fired(CHEAPER)) == {"less_spend"}


def test_cancelled_orders_are_none(fired: Callable[[Case], Fired]) -> None:
    assert fired(CANCELLED)["silence"] == (81, 40)


def test_who_is_new_has_no_usual_yet(fired: Callable[[Case], Fired]) -> None:
    """Ordered every third day and stopped; known for 100 days only, so nothing but the silence is judged."""
    assert set(fired(STOPPED)) == {"silence"}


def test_score_value_and_who_is_worth_a_call() -> None:
    """All that orders can say: 20 + 15 + 15. At risk is what was spent within 365 days, refunds off."""
    refunded = [{**row, "refunded": 20} for row in ordered(450, 370, 364, 300, 240, 200)["orders"]]
    with derived(lived({"orders": refunded}, ordered(0, amount=1)), until=WATCHLIST) as con:
        found = con.execute("FROM customer_risks").df().iloc[0]
        judged = con.execute("SELECT signal FROM signal_rules WHERE judged > 0").df().signal.tolist()
    assert (found.customer_id, found.score, found.value_at_risk, found.orders) == ("0", 50, 320, 6)
    assert found.worth_a_call
    assert judged == ["silence", "fewer_orders", "less_spend"]


def test_a_low_value_is_worth_a_call_for_a_strategic_customer_only() -> None:
    cheap = ordered(450, 364, 300, 240, 200, amount=10)
    people = [{"customer_id": str(who), "strategic": who == 1} for who in range(3)]
    given = {**lived(cheap, cheap, ordered(0, amount=1)), "customers": people}
    with derived(given, until=WATCHLIST) as con:
        found = con.execute("SELECT customer_id, worth_a_call, action FROM customer_risks ORDER BY 1").df()
    assert found.worth_a_call.tolist() == [False, True]
    assert found.action[1] == "senior_visit"


def test_undated_surveys_alone_judge_nobody() -> None:
    with derived(lived({"surveys": [{"kind": "nps", "score": 2}]}), until=WATCHLIST) as con:
        assert con.execute("SELECT sum(judged) FROM signal_rules").fetchall() == [(0,)]
        assert con.execute("FROM customer_risks").fetchall() == []


def test_the_oracle_is_not_the_product(sample: Sample) -> None:
    """A later last day changes what the oracle says: the comparison can fail."""
    rows = accepted(sample[1])
    later = replace(rows, last=rows.last + pd.Timedelta(days=40))
    assert len(oracle.signals(later)) != len(oracle.signals(rows))


def test_orders_alone_are_enough(cdnow: Path) -> None:
    """CDNOW: three signals of orders, equal to pandas; what this data cannot say is judged for nobody."""
    expected = oracle.signals(accepted(cdnow)).sort_values(["customer_id", "signal"], ignore_index=True)
    found = frame(cdnow, "SELECT customer_id, signal, now, usual, threshold FROM customer_signals ORDER BY ALL")
    pd.testing.assert_frame_equal(found, expected, check_dtype=False, atol=1e-6)
    judged = frame(cdnow, "SELECT signal FROM signal_rules WHERE judged > 0").signal.tolist()
    assert judged == ["silence", "fewer_orders", "less_spend"]
    assert frame(cdnow, "SELECT count(*) AS n FROM customer_risks WHERE worth_a_call").n[0] > 100
