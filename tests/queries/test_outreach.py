"""Questions about outreach, against what was written down by hand and against other ways to work it out."""

import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from queries import Scope, Viewer, ask
from queries.relations import MASK
from store import CONTACTED, ENDED, Entry, append
from tests.queries.outreach_fixture import ENTRIES, TODAY, month, publish, write

ALL = Scope()
LATEST = {entry.customer_id: entry for entry in ENTRIES}
Row = dict[str, Any]


def rows(name: str, scope: Scope = ALL, **params: Any) -> list[Row]:
    found: list[Row] = ask(name, scope, **params).to_pylist()
    return found


def ids(**params: Any) -> list[str]:
    return [row["customer_id"] for row in rows("outreach_rows", today=TODAY, **params)]


@pytest.mark.usefixtures("full")
def test_the_latest_entry_is_how_things_stand() -> None:
    found = {row["customer_id"]: row for row in rows("outreach_rows")}
    assert {name: row["outreach_status"] for name, row in found.items()} == {
        name: entry.status for name, entry in LATEST.items()
    }
    assert {name: row["entries"] for name, row in found.items()} == Counter(entry.customer_id for entry in ENTRIES)
    assert {row["total"] for row in found.values()} == {len(LATEST)}
    assert found["C1"]["contacted_at"] == datetime(2026, 2, 3, 16), "on the team's clock"
    assert found["C2"]["contacted_at"] is found["C5"]["contacted_at"] is None


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"due": "now"}, ["C3", "C2"]),
        ({"due": "overdue"}, ["C3"]),
        ({"due": "today"}, ["C2"]),
        ({"due": "week"}, ["C9"]),
        ({"due": "later"}, []),
        ({"due": "undated"}, []),
        ({"due": "open"}, ["C3", "C2", "C9"]),
        ({"reached": "contacted"}, ["C3", "C1", "C4"]),
        ({"reached": "offer_made"}, ["C1"]),
        ({"status": "planned"}, ["C2", "C9"]),
        ({"owner": "李强"}, ["C3", "C9", "C5", "C4"]),
        ({"owner": "—"}, ["C2"]),
        ({"reason": "price"}, ["C4"]),
        ({"status": "lost", "tier": "core"}, []),
    ],
)
@pytest.mark.usefixtures("full")
def test_rows_open_by_what_was_clicked(params: dict[str, str], expected: list[str]) -> None:
    assert ids(**params) == expected


@pytest.mark.usefixtures("full")
def test_what_is_due_by_owner_adds_up_to_all_that_is_not_over() -> None:
    found = rows("outreach_due", today=TODAY)
    open_now = [entry for entry in LATEST.values() if entry.status not in ENDED]
    assert sum(row["customers"] for row in found) == len(open_now)
    for row in found:
        assert row["customers"] == sum(row[name] for name in ("overdue", "today", "week", "later", "undated"))
    told = [(row["outreach_owner"], row["overdue"], row["today"], row["week"]) for row in found]
    assert told == [("李强", 1, 0, 1), (None, 0, 1, 0)]


@pytest.mark.usefixtures("full")
def test_the_funnel_counts_customers_once() -> None:
    history = {name: [e.status for e in ENTRIES if e.customer_id == name] for name in LATEST}
    (found,) = rows("outreach_funnel")
    assert found == {
        "begun": len(history),
        "contacted": sum(bool(set(told) & set(CONTACTED)) for told in history.values()),
        "offer_made": sum("offer_made" in told for told in history.values()),
        **{status: sum(told[-1] == status for told in history.values()) for status in ENDED},
        "since": datetime(2026, 1, 10, 16),
    }


@pytest.mark.parametrize(("by", "value"), [("leaving_reason", "price"), ("tier", "dormant"), ("segment", None)])
@pytest.mark.usefixtures("full")
def test_who_left_by_reason_and_by_who_they_were(by: str, value: str | None) -> None:
    assert rows("outreach_lost", by=by) == [{"value": value, "customers": 1, "share": 1.0}]


@pytest.mark.usefixtures("full")
def test_the_history_of_one_customer_is_whole_and_hides_numbers() -> None:
    found = rows("outreach_history", customer="C1")
    assert [row["outreach_status"] for row in found] == ["retained", "offer_made", "contacted", "planned"]
    assert found[2]["note"] == f"call back: {MASK}" and found[0]["author"] == "Li"
    assert rows("outreach_history", customer="C4")[0]["reason_text"] == f"found it for less, {MASK}"


@pytest.mark.usefixtures("full")
def test_filters_and_permission_apply() -> None:
    assert {row["customer_id"] for row in rows("outreach_rows", Scope().narrow("region", "West"))} == {"C3", "C4"}
    east = Scope(viewer=Viewer("east", regions=("East",)))
    assert {row["customer_id"] for row in rows("outreach_rows", east)} == {"C1", "C2"}
    assert rows("outreach_history", east, customer="C4") == rows("outreach_history", east, customer="C9") == []
    support = Scope(viewer=Viewer("support", departments=("Support",)))
    assert rows("outreach_rows", support) == []
    masked = rows("outreach_history", Scope(viewer=Viewer("v", sees_personal=False)), customer="C4")
    assert [(row["note"], row["reason_text"]) for row in masked] == [(MASK, MASK), (MASK, None)]


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, {"C1": "retained", "C2": "planned", "C4": "lost"}),
        ({"outreach": "new"}, {"C2": "planned"}),
        ({"outreach": "todo", "rested": date(2020, 1, 1)}, {"C2": "planned"}),
        ({"outreach": "todo", "rested": date(2100, 1, 1)}, {"C1": "retained", "C2": "planned", "C4": "lost"}),
        ({"outreach": "due", "today": TODAY}, {"C2": "planned"}),
        ({"outreach": "due", "today": date(2026, 3, 9)}, {}),
    ],
)
@pytest.mark.usefixtures("full")
def test_the_watchlist_says_who_was_spoken_to(params: dict[str, Any], expected: dict[str, str]) -> None:
    found = rows("watchlist", which="all", **params)
    assert {row["customer_id"]: row["outreach_status"] for row in found} == expected
    assert {row["next_date"] for row in found if row["outreach_status"] == "planned"} <= {TODAY}


@pytest.mark.usefixtures("full")
def test_who_was_never_written_about_is_not_yet_contacted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORE_URL", write(tmp_path, ENTRIES[:1]))
    assert [row["customer_id"] for row in rows("watchlist", which="all", outreach="new")] == ["C1", "C2"]


@pytest.mark.usefixtures("full")
def test_answers_are_kept_until_somebody_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORE_URL", write(tmp_path))
    first, other = ask("outreach_rows", ALL), ask("watch_totals", ALL)
    assert ask("outreach_rows", ALL) is first
    append([Entry("C2", "Wang", "contacted")])
    assert ids(status="contacted") == ["C3", "C2"]
    assert ask("watch_totals", ALL) is other, "what does not read the store does not ask again"


@pytest.mark.usefixtures("full")
def test_without_the_store_questions_answer_as_if_nobody_had_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORE_URL", "not an address")
    assert rows("outreach_rows") == [] and rows("outreach_funnel")[0]["begun"] == 0


# What came of it: three month-ends, and those three months later.
ENDS = [
    date(2025, 1, 31),
    date(2025, 2, 28),
    date(2025, 3, 31),
    date(2025, 4, 30),
    date(2025, 5, 31),
    date(2025, 6, 30),
]
LEAST, BAND = 30, 20


def published(folder: Path, months: list[Row], entries: Iterable[Entry]) -> None:
    publish(folder, months)
    append(entries)


@pytest.fixture
def kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to publish in, with a store of its own."""
    monkeypatch.setenv("STORE_URL", f"sqlite:///{folder / 'kept' / 'store.sqlite'}")
    return folder


def effect() -> Row:
    (found,) = rows("outreach_effect", least=LEAST, band=BAND)
    return found


def test_one_group_alone_is_newcombe_s_own_example(kept: Path) -> None:
    """56 of 70 against 48 of 80: method 10 gives 0.0524 to 0.3339 (Newcombe 1998, table II, example a)."""
    months, entries = [], []
    for n in range(150):
        spoken_to = n < 70
        stays = n < 56 or 70 <= n < 118
        months += [
            month(f"K{n}", ENDS[0], "retention", 35),
            month(f"K{n}", ENDS[3], "retention" if stays else "churned", 0),
        ]
        if spoken_to:
            entries.append(Entry(f"K{n}", "Ana", "contacted", at=datetime(2025, 2, 10)))
    published(kept, months, entries)
    found = effect()
    assert (found["compared"], found["kept"], found["others"], found["alone"]) == (70, 56, 80, 0)
    assert (round(found["difference_low"], 4), round(found["difference_high"], 4)) == (0.0524, 0.3339)
    assert found["others_effective"] == pytest.approx(80)


def test_who_counts_as_what_is_decided_by_the_month_of_the_first_contact(kept: Path) -> None:
    """Contacts on the edges of months, on the team's clock; who was contacted before is on neither side."""
    last_of_january, first_of_march = datetime(2025, 1, 31, 15, 59), datetime(2025, 2, 28, 16, 0)
    names = {"before": last_of_january, "first": datetime(2025, 1, 31, 16, 0), "last": datetime(2025, 2, 28, 15, 59)}
    names |= {"after": first_of_march}
    people = [*names, "never", "gone", "new", "low", "unjudged", "planned"]
    stages = {"gone": "churned", "new": "acquisition"}
    scores = {"low": LEAST - 1, "unjudged": None}
    months = [month(name, ENDS[0], stages.get(name, "activation"), scores.get(name, 40)) for name in people]
    months += [month(name, ENDS[3], "churned" if name == "last" else "expansion", 0) for name in people]
    months += [month("half", ENDS[0], "retention", 40), month("half", ENDS[3], "retention", 40, whole=False)]
    entries = [Entry(name, "Ana", "contacted", at=at) for name, at in names.items()]
    entries += [Entry("first", "Ana", "retained", at=datetime(2025, 5, 1))]
    entries += [Entry("planned", "Ana", "planned", at=datetime(2025, 2, 5))]
    published(kept, months, entries)
    found = {row["customer_id"]: row for row in rows("outreach_result_rows", least=LEAST, band=BAND, which="all")}
    assert {name: row["contacted"] for name, row in found.items()} == {
        "first": True,
        "last": True,
        "after": False,
        "never": False,
        "planned": False,
    }
    assert {name for name, row in found.items() if not row["kept"]} == {"last"}
    assert (effect()["compared"], effect()["kept"], effect()["others"]) == (2, 1, 3)
    said = [(row["outreach_status"], row["customers"], row["kept_share"]) for row in rows("outreach_said")]
    assert said == [("contacted", 1, 0.0), ("retained", 1, 1.0)]


def test_many_groups_against_plain_python(kept: Path) -> None:
    """A company drawn at random: shares, weights, effective number and interval worked out customer by customer."""
    draw = random.Random(11)
    months, entries, first = [], [], {}
    for n in range(160):
        name, tier = f"K{n}", draw.choice(("core", "growth", "dormant"))
        for day in ENDS:
            stage = draw.choice(("retention", "retention", "activation", "expansion", "churned", "acquisition"))
            months.append(month(name, day, stage, draw.choice((None, 29, 30, 49, 50, 75, 100)), tier))
        if n % 2:
            first[name] = datetime(2025, 1, 15).replace(month=draw.randint(1, 5), day=draw.randint(1, 28))
            entries.append(Entry(name, "Ana", "contacted", at=first[name]))
    published(kept, months, entries)
    expected, behind = by_hand(months, first)
    found = effect()
    for name, value in expected.items():
        assert found[name] == pytest.approx(value), name
    assert expected["compared"] > 15
    shown = rows("outreach_result_rows", least=LEAST, band=BAND, which="all", compared="yes", limit=10_000)
    assert {(row["customer_id"], row["listed_day"]) for row in shown} == behind
    assert sum(row["contacted"] for row in shown) == expected["compared"]
    assert [row["total"] for row in shown[:1]] == [len(shown)]
    assert (
        len(rows("outreach_result_rows", least=LEAST, band=BAND, limit=10_000))
        == expected["compared"] + expected["alone"]
    )


def by_hand(months: list[Row], first: Mapping[str, datetime]) -> tuple[Row, set[tuple[str, date]]]:
    """The figures and the customers that they rest on, one at a time."""
    at = {(row["customer_id"], row["as_of"]): row for row in months}
    groups: dict[Any, dict[bool, list[bool]]] = {}
    members: dict[Any, set[tuple[str, date]]] = {}
    for place in range(3):
        day, later = ENDS[place], ENDS[place + 3]
        for (name, when), row in at.items():
            if when != day or row["stage"] in ("acquisition", "churned") or (row["signal_score"] or 0) < LEAST:
                continue
            spoken = (
                first[name].replace(tzinfo=UTC).astimezone(ZoneInfo("Asia/Shanghai")).month if name in first else 99
            )
            if spoken <= day.month:
                continue
            key = (day, row["tier"], row["signal_score"] // BAND)
            sides = groups.setdefault(key, {True: [], False: []})
            sides[spoken == day.month + 1].append(at[name, later]["stage"] != "churned")
            members.setdefault(key, set()).add((name, day))
    both = {key: sides for key, sides in groups.items() if sides[True] and sides[False]}
    size = sum(len(sides[True]) for sides in both.values())
    p = sum(sum(sides[True]) for sides in both.values()) / size
    weights = {key: len(sides[True]) / size for key, sides in both.items()}
    q = sum(weights[key] * sum(sides[False]) / len(sides[False]) for key, sides in both.items())
    effective = 1 / sum(weights[key] ** 2 / len(sides[False]) for key, sides in both.items())
    (low, high), (other_low, other_high) = wilson(p, size), wilson(q, effective)
    told = {
        "compared": size,
        "kept": p * size,
        "alone": sum(len(sides[True]) for key, sides in groups.items() if not sides[False]),
        "others": sum(len(sides[False]) for sides in both.values()),
        "others_effective": effective,
        "share": p,
        "low": low,
        "high": high,
        "other_share": q,
        "other_low": other_low,
        "other_high": other_high,
        "difference": p - q,
        "difference_low": p - q - math.hypot(p - low, other_high - q),
        "difference_high": p - q + math.hypot(high - p, q - other_low),
    }
    return told, {member for key in both for member in members[key]}


def wilson(share: float, n: float) -> tuple[float, float]:
    """Both ends, as the roots of n (share - x)^2 = z^2 x (1 - x)."""
    z2 = 1.959963984540054**2
    a, b, c = n + z2, -(2 * n * share + z2), n * share * share
    root = math.sqrt(b * b - 4 * a * c)
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def test_nothing_to_compare_is_said_by_empty_figures(kept: Path) -> None:
    published(kept, [month("K1", ENDS[0], "retention", 40), month("K1", ENDS[3], "retention", 0)], [])
    found = effect()
    assert (found["compared"], found["share"], found["difference_low"]) == (0, None, None)
