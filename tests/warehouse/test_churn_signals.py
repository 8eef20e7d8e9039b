"""The signals of the churn watchlist: against pandas on the sample, by hand around each limit, and on partial data."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.warehouse import churn_oracle as oracle
from tests.warehouse.conftest import Sample, frame
from warehouse.load import load
from warehouse.sample import planted

pytestmark = pytest.mark.xdist_group("churn")
Write = Callable[[str, str], Path]
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


def days_ago(*days: int) -> list[str]:
    return [f"{LAST - timedelta(days=n):%Y-%m-%d %H:%M:%S}" for n in days]


def fired(folder: Path, customer: str = "c") -> dict[str, tuple[float, float | None]]:
    """signal -> (now, usual) of one customer."""
    found = frame(folder, f"SELECT signal, now, usual FROM customer_signals WHERE customer_id = '{customer}'")
    rows: list[dict[Any, Any]] = found.to_dict("records")
    return {row["signal"]: (row["now"], None if pd.isna(row["usual"]) else row["usual"]) for row in rows}


def orders(write: Write, *days: int, amount: float = 100) -> Path:
    """Orders of customer c so many days before the last; another customer's order on the last day is the horizon."""
    rows = [f"o{n},c,{at},{amount}" for n, at in enumerate(days_ago(*days))]
    return write("orders.csv", "\n".join(["order_id,customer_id,ordered_at,amount", *rows, f"z,z,{LAST},1"]) + "\n")


def events(write: Write, name: str, head: str, line: str, *days: int) -> Path:
    """A file of one row per day of customer c: ``line`` with {n} and {at} filled in."""
    rows = [line.format(n=n, at=at) for n, at in enumerate(days_ago(*days))]
    return write(f"{name}.csv", "\n".join([head, *rows]) + "\n")


@pytest.mark.parametrize(
    ("days", "silent"),
    [
        ((141, 101, 61), None),  # every 40 days, silent for 61: less than twice
        ((160, 120, 80), None),  # exactly twice is not longer
        ((161, 121, 81), (81, 40)),
        ((40, 35, 30), None),  # every 5 days, but not yet longer than the floor
        ((41, 36, 31), (31, 5)),
        ((1161, 763, 365), None),  # every 398 days: the cap, not 796, and 365 is not longer
        ((1162, 764, 366), (366, 398)),
        ((121, 81), None),  # one gap is no rule
        ((161, 121, 121, 81), (81, 40)),  # two orders on one day are no gap
    ],
)
def test_silence_is_judged_by_the_customer_s_own_gap(
    folder: Path, write: Write, days: tuple[int, ...], silent: tuple[float, float] | None
) -> None:
    load([orders(write, *days)])
    assert fired(folder).get("silence") == silent


def test_orders_and_spend_against_the_customer_s_own_usual(folder: Path, write: Write) -> None:
    """Eight orders in the 360 days before the last 90 are two per 90 days; one now is half of that."""
    usual = (100, 140, 180, 220, 260, 300, 340, 380)
    load([orders(write, *usual, 500, 80)])
    assert fired(folder)["fewer_orders"] == (1, 2)
    assert fired(folder)["less_spend"] == (100, 200)
    load([orders(write, *usual, 500, 80, 5)], fresh=True)
    assert {"fewer_orders", "less_spend"}.isdisjoint(fired(folder))


def test_spend_may_fall_though_orders_do_not(folder: Path, write: Write) -> None:
    lines = [f"o{n},c,{at},100" for n, at in enumerate(days_ago(100, 180, 260, 340, 440))]
    lines += [f"p,c,{days_ago(10)[0]},49", f"z,z,{LAST},1"]
    load([write("orders.csv", "order_id,customer_id,ordered_at,amount\n" + "\n".join(lines) + "\n")])
    assert set(fired(folder)) == {"less_spend"}


def test_cancelled_orders_are_none(folder: Path, write: Write) -> None:
    lines = [f"o{n},c,{at},100,completed" for n, at in enumerate(days_ago(161, 121, 81))]
    lines += [f"p,c,{days_ago(5)[0]},100,cancelled", f"z,z,{LAST},1,completed"]
    load([write("orders.csv", "order_id,customer_id,ordered_at,amount,status\n" + "\n".join(lines) + "\n")])
    assert fired(folder)["silence"] == (81, 40)


@pytest.mark.parametrize(("kind", "signal"), [("enquiry", "fewer_consultations"), ("login", "fewer_logins")])
def test_contacts_against_the_usual(folder: Path, write: Write, kind: str, signal: str) -> None:
    """Four in the 360 days before are one per 90: none now fires, one does not; those that we started never count."""
    head, line = "interaction_id,customer_id,happened_at,channel,kind,direction", f"i{{n}},c,{{at}},app,{kind},inbound"
    ours = f"o,c,{days_ago(3)[0]},app,{kind},outbound\nz,z,{LAST},app,other,inbound\n"
    path = events(write, "interactions", head, line, 449, 300, 200, 100)
    path.write_text(path.read_text(encoding="utf-8") + ours, encoding="utf-8")
    load([path])
    assert fired(folder) == {signal: (0, 1)}
    path = events(write, "interactions", head, line, 449, 300, 200, 100, 20)
    path.write_text(path.read_text(encoding="utf-8") + ours, encoding="utf-8")
    load([path], fresh=True)
    assert fired(folder) == {}


TICKETS = "ticket_id,customer_id,kind,opened_at,resolved_at,resolution_due_at"


@pytest.mark.parametrize(
    ("days", "usual"),
    [
        ((449, 20), None),  # one is not rising
        ((449, 20, 10), 0.25),
        ((449, 300, 200, 150, 100, 95, 20, 10), 1.5),  # two now are less than twice one and a half
        ((449, 300, 200, 100, 20, 10), 1.0),
    ],
)
def test_complaints_rising(folder: Path, write: Write, days: tuple[int, ...], usual: float | None) -> None:
    path = events(write, "tickets", TICKETS, "t{n},c,complaint,{at},{at},", *days)
    path.write_text(path.read_text(encoding="utf-8") + f"z,z,other,{LAST},,\n", encoding="utf-8")
    load([path])
    now = sum(day < 90 for day in days)
    expected = {"more_complaints": (now, usual)} if usual is not None and now >= 2 * usual else {}
    assert fired(folder) == expected


@pytest.mark.parametrize(("late", "fires"), [((20,), False), ((20, 89), True), ((20, 91), False)])
def test_targets_missed_lately(folder: Path, write: Write, late: tuple[int, ...], fires: bool) -> None:
    """A request due at once and done a minute later is late."""
    lines = [
        f"t{n},c,request,{at},{pd.Timestamp(at) + pd.Timedelta(minutes=1)},{at}" for n, at in enumerate(days_ago(*late))
    ]
    load([write("tickets.csv", "\n".join([TICKETS, *lines, f"z,z,other,{LAST},,"]) + "\n")])
    assert fired(folder) == ({"breached": (2, None)} if fires else {})


@pytest.mark.parametrize(
    ("answers", "now"),
    [
        ([(10, 6)], 6),
        ([(10, 7)], None),
        ([(179, 0)], 0),
        ([(180, 0)], None),  # too old
        ([(20, 3), (10, 9)], None),  # the latest answer counts
        ([(20, 9), (10, 3)], 3),
    ],
)
def test_the_latest_answer_of_a_detractor(
    folder: Path, write: Write, answers: list[tuple[int, int]], now: int | None
) -> None:
    lines = [f"s{n},c,nps,{score},{days_ago(ago)[0]}" for n, (ago, score) in enumerate(answers)]
    path = write("surveys.csv", "\n".join(["survey_id,customer_id,kind,score,answered_at", *lines]) + "\n")
    load([path, write("orders.csv", f"order_id,customer_id,ordered_at,amount\nz,z,{LAST},1\n")])
    assert fired(folder) == ({} if now is None else {"detractor": (now, None)})


def test_who_is_new_has_no_usual_yet(folder: Path, write: Write) -> None:
    """Ordered every third day and stopped; known for 100 days only, so nothing but the silence is judged."""
    load([orders(write, 100, 97, 94, 91)])
    assert set(fired(folder)) == {"silence"}


def test_score_value_and_who_is_worth_a_call(folder: Path, write: Write) -> None:
    """All that orders can say: 20 + 15 + 15. At risk is what was spent within 365 days, refunds off."""
    lines = [f"o{n},c,{at},100,20" for n, at in enumerate(days_ago(450, 370, 364, 300, 240, 200))]
    head = "order_id,customer_id,ordered_at,amount,refunded\n"
    load([write("orders.csv", head + "\n".join([*lines, f"z,z,{LAST},1,0"]) + "\n")])
    found = frame(folder, "SELECT * FROM customer_risks").iloc[0]
    assert (found.customer_id, found.score, found.value_at_risk, found.orders) == ("c", 50, 320, 6)
    assert found.worth_a_call
    judged = frame(folder, "SELECT signal FROM signal_rules WHERE judged > 0").signal.tolist()
    assert judged == ["silence", "fewer_orders", "less_spend"]


def test_a_low_value_is_worth_a_call_for_a_strategic_customer_only(folder: Path, write: Write) -> None:
    rows = [f"{who}{n},{who},{at},10" for who in "cs" for n, at in enumerate(days_ago(450, 364, 300, 240, 200))]
    path = write("orders.csv", "\n".join(["order_id,customer_id,ordered_at,amount", *rows, f"z,z,{LAST},1"]) + "\n")
    people = write("customers.csv", "customer_id,strategic\nc,no\ns,yes\nz,no\n")
    load([people, path])
    found = frame(folder, "SELECT customer_id, worth_a_call, action FROM customer_risks ORDER BY 1")
    assert found.worth_a_call.tolist() == [False, True]
    assert found.action[1] == "senior_visit"


def test_undated_surveys_alone_judge_nobody(folder: Path, write: Write) -> None:
    load([write("surveys.csv", "survey_id,customer_id,kind,score\ns1,c,nps,2\n")])
    assert frame(folder, "SELECT sum(judged) AS n FROM signal_rules").n[0] == 0
    assert frame(folder, "FROM customer_risks").empty


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
