"""The sample: the same for the same seed, within the contract, and with its planted truths in it (seen by pandas)."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from queries.cause_counts import Series, counted
from queries.flags import expected, lately
from queries.rising import rising
from queries.rising_policy import rising_policy
from schemas import CONTRACTS, Contract, Rule
from tests.risen import ALL_DAYS, answer, shuffled
from warehouse import sample
from warehouse.load import load
from warehouse.sample import Planted, generate, planted

UNTIL = date(2025, 3, 16)
SCALE = 0.6  # so that interactions fill more than one of DuckDB's row groups, and could come out of order
AFTER = pd.Timestamp(UNTIL) + pd.Timedelta(days=1)
FORMATS = {"time": "%Y-%m-%d %H:%M:%S", "day": "%Y-%m-%d"}


@dataclass
class Files:
    """One generated sample: its texts as read, and its sound rows typed."""

    folder: Path
    told: list[str]

    @cached_property
    def truth(self) -> Planted:
        return planted.read(self.folder)

    @cached_property
    def raw(self) -> dict[str, pd.DataFrame]:
        return {
            name: pd.read_csv(self.folder / f"{name}.csv", dtype=str, keep_default_na=False, na_values=[""])
            for name in CONTRACTS
        }

    @cached_property
    def broken(self) -> dict[str, dict[str, pd.Series]]:
        """Table -> "column rule" -> which rows break it."""
        return {name: dict(breaks(CONTRACTS[name], self.raw)) for name in CONTRACTS}

    @cached_property
    def sound(self) -> dict[str, pd.DataFrame]:
        return {name: self._sound(name) for name in CONTRACTS}

    def _sound(self, name: str) -> pd.DataFrame:
        bad = pd.concat(self.broken[name].values(), axis=1).any(axis=1)
        return typed(CONTRACTS[name], self.raw[name][~bad])

    def tickets_with_customers(self) -> pd.DataFrame:
        return self.sound["tickets"].merge(self.sound["customers"], on="customer_id", validate="many_to_one")


def typed(contract: Contract, rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(**{c.name: converted(rows[c.name], c.kind) for c in contract.columns.values()})


def converted(texts: pd.Series, kind: str) -> pd.Series:
    if kind in FORMATS:
        return pd.to_datetime(texts, format=FORMATS[kind], errors="coerce")
    if kind in ("whole", "number"):
        return pd.to_numeric(texts, errors="coerce")
    if kind == "yes_no":
        return texts.map({"true": True, "false": False})
    return texts


def breaks(contract: Contract, raw: dict[str, pd.DataFrame]) -> Iterator[tuple[str, pd.Series]]:
    """Every rule of the contract with the rows that break it, recomputed in pandas."""
    texts = raw[contract.name]
    values = typed(contract, texts)
    for rule in contract.rules:
        yield f"{rule.column} {rule.name}", broken_by(rule, texts, values, raw)


def broken_by(rule: Rule, texts: pd.DataFrame, values: pd.DataFrame, raw: dict[str, pd.DataFrame]) -> pd.Series:
    text, value = texts[rule.column], values[rule.column]
    match rule.name:
        case "required":
            return text.isna()
        case "type":
            return text.notna() & value.isna()
        case "allowed":
            return value.notna() & ~value.isin(rule.limit)
        case "order" | "not_below":
            return value.lt(values[rule.limit])
        case "future":
            return value >= AFTER
        case "unique":
            return text.notna() & text.duplicated(keep="last")
        case "reference":
            parent = CONTRACTS[rule.limit].key
            return text.notna() & ~text.isin(raw[rule.limit][parent])
        case "range" if isinstance(rule.limit, dict):
            spans = values["kind"].map(rule.limit)
            return pd.Series(
                [isinstance(s, tuple) and not s[0] <= v <= s[1] and v == v for v, s in zip(value, spans, strict=True)],
                index=value.index,
            )
        case "range":
            return below(value, rule.limit)
    raise AssertionError(rule)


def below(value: pd.Series, limit: tuple[Any, Any]) -> pd.Series:
    low, high = limit
    low = pd.Timestamp(low) if isinstance(low, date) else low
    return value < low if high is None else ~value.between(low, high) & value.notna()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    told: list[str] = []
    return Files(generate(tmp_path_factory.mktemp("sample"), scale=SCALE, until=UNTIL, progress=told.append), told)


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_same_seed_same_bytes_on_any_number_of_threads(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = duckdb.connect
    monkeypatch.setattr(duckdb, "connect", lambda file: connect(file, config={"threads": 4}))
    again = contents(generate(tmp_path, scale=SCALE, until=UNTIL))
    assert set(again) == {f"{name}.csv" for name in CONTRACTS} | {"planted.json"}
    assert all(again[name] == content for name, content in contents(files.folder).items())


def test_another_seed_is_another_company(tmp_path: Path) -> None:
    one, two = (contents(generate(tmp_path / str(seed), scale=0.02, seed=seed, until=UNTIL)) for seed in (1, 2))
    assert not any(one[name] == two[name] for name in one if name != "agents.csv")


def test_progress_is_told(files: Files) -> None:
    assert files.told[-len(CONTRACTS) :] == [f"{name}.csv" for name in CONTRACTS]


def test_row_counts(files: Files) -> None:
    wanted = {"customers": 6000, "tickets": 60_000, "interactions": 250_000, "orders": 45_000, "surveys": 40_000}
    for name, number in wanted.items():
        assert files.truth.good_rows[name] == pytest.approx(number * SCALE, rel=0.08), name
    assert len(files.sound["agents"]) == pytest.approx(80, abs=8)


def test_bad_rows_are_exactly_those_recorded(files: Files) -> None:
    for name in CONTRACTS:
        found = pd.DataFrame(files.broken[name])
        assert found.any(axis=1).sum() == files.truth.bad_total[name], name
        assert len(found) - files.truth.bad_total[name] == files.truth.good_rows[name], name
        counted = {rule: int(number) for rule, number in found.sum().items() if number}
        assert counted == files.truth.bad_rows[name], name


@pytest.mark.usefixtures("folder", "tables_only")
def test_the_ledger_counts_the_same_bad_rows(files: Files) -> None:
    report = load([files.folder], fresh=True)
    assert {entry.table: entry.quarantined for entry in report.entries} == files.truth.bad_total
    assert {entry.table: entry.accepted for entry in report.entries} == files.truth.good_rows


def test_the_delivered_policies_suit_the_sample(small_company: Path) -> None:
    assert (small_company / "remarks.txt").read_text(encoding="utf-8") == ""


def test_half_a_percent_is_bad(files: Files) -> None:
    bad, good = sum(files.truth.bad_total.values()), sum(files.truth.good_rows.values())
    assert bad / good == pytest.approx(0.005, rel=0.05)
    assert all(files.truth.bad_total.values())


def test_every_fault_is_used_at_full_size() -> None:
    sizes = {"customers": 6000, "agents": 120, "pauses": 8000}
    for name, faults in planted.FAULTS.items():
        assert set(planted.bad_rows(name, sizes.get(name, 40_000))) == {fault.name for fault in faults}


def test_rows_stand_in_order_of_time(files: Files) -> None:
    for name, column in {"tickets": "opened_at", "orders": "ordered_at", "interactions": "happened_at"}.items():
        assert files.sound[name][column].is_monotonic_increasing, name


def test_three_years_up_to_the_last_evening(files: Files) -> None:
    opened = files.sound["tickets"]["opened_at"]
    assert opened.min() < pd.Timestamp(2022, 3, 20)
    assert AFTER - pd.Timedelta(minutes=10) < opened.max() < AFTER


def test_nothing_happens_to_a_customer_before_signing_up(files: Files) -> None:
    signed_up = files.sound["customers"].set_index("customer_id")["signed_up_on"]
    for name, column in {"tickets": "opened_at", "orders": "ordered_at", "interactions": "happened_at"}.items():
        rows = files.sound[name]
        assert (rows[column] >= rows["customer_id"].map(signed_up)).all(), name


def test_agents_work_only_once_hired(files: Files) -> None:
    hired = files.sound["agents"].set_index("agent_id")["hired_on"]
    for name, column in {"tickets": "opened_at", "interactions": "happened_at"}.items():
        rows = files.sound[name].dropna(subset="agent_id")
        assert (rows[column] >= rows["agent_id"].map(hired)).all(), name


def test_an_agent_belongs_to_the_team_of_the_ticket(files: Files) -> None:
    rows = files.sound["tickets"].merge(files.sound["agents"], on="agent_id", suffixes=("", "_of_agent"))
    assert (rows["team"] == rows["team_of_agent"]).all()
    assert (rows["department"] == rows["department_of_agent"]).all()


def test_stages_follow_each_other(files: Files) -> None:
    tickets = files.sound["tickets"]
    stages = [
        "opened_at",
        "assigned_at",
        "first_response_at",
        "feedback_at",
        "resolved_at",
        "confirmed_at",
        "closed_at",
    ]
    for first, second in pairwise(stages):
        assert not (tickets[first] > tickets[second]).any(), (first, second)


def test_pauses_lie_within_their_ticket(files: Files) -> None:
    rows = files.sound["pauses"].merge(files.sound["tickets"], on="ticket_id")
    assert len(rows) == len(files.sound["pauses"])
    assert (rows["started_at"] >= rows["first_response_at"]).all()
    done = rows[rows["resolved_at"].notna()]
    assert done["ended_at"].notna().all()
    assert (done["ended_at"] <= done["resolved_at"]).all()


def test_pauses_on_one_ticket_in_eight_some_overlapping_some_open(files: Files) -> None:
    pauses = files.sound["pauses"].sort_values(["ticket_id", "started_at"])
    assert pauses["ticket_id"].nunique() / len(files.sound["tickets"]) == pytest.approx(0.12, abs=0.02)
    before = pauses.groupby("ticket_id")["ended_at"].shift()
    assert (pauses["started_at"] < before).sum() > 20
    assert pauses["ended_at"].isna().sum() > 2


def test_live_queue_at_the_horizon(files: Files) -> None:
    tickets = files.sound["tickets"]
    waiting = tickets[tickets["resolved_at"].isna() & tickets["closed_at"].isna()]
    age = (AFTER - waiting["opened_at"]).dt.total_seconds() / 3600
    complaints = waiting["kind"] == "complaint"
    assert (complaints & (age > 48)).sum() >= 5
    assert (complaints & age.between(44, 48)).sum() >= 3
    assert (complaints & (age < 44)).sum() >= 5
    unanswered = waiting[waiting["first_response_at"].isna() & (age < 0.2) & complaints]
    assert len(unanswered) >= 3


def test_most_service_levels_are_met(files: Files) -> None:
    tickets = files.sound["tickets"]
    complaints = tickets[tickets["kind"] == "complaint"]
    answered = (complaints["first_response_at"] - complaints["opened_at"]) <= pd.Timedelta(minutes=30)
    pauses = files.sound["pauses"]["ticket_id"]
    steady = complaints[~complaints["ticket_id"].isin(pauses) & complaints["resolved_at"].notna()]
    solved = (steady["resolved_at"] - steady["opened_at"]) <= pd.Timedelta(hours=48)
    assert 0.85 < answered.mean() < 0.96
    assert 0.85 < solved.mean() < 0.95


def test_week_and_season(files: Files) -> None:
    opened = files.sound["tickets"]["opened_at"].dt.normalize()
    weekend = (opened.dt.weekday >= 5).mean()
    assert 0.18 < weekend < 0.26  # 2 of 7 days would be 0.29
    daily = files.sound["orders"]["ordered_at"].dt.normalize().value_counts()
    festival = daily[(daily.index.month == 11) & (daily.index.day <= 12)].mean()
    assert festival > 1.6 * daily.mean()
    assert daily.reindex(pd.date_range("2024-02-10", "2024-02-14"), fill_value=0).mean() < 0.7 * daily.mean()


def test_phones_ring_in_business_hours(files: Files) -> None:
    hours = files.sound["tickets"].assign(hour=lambda t: t["opened_at"].dt.hour)
    phone = hours[hours["channel"] == "phone"]["hour"]
    assert phone.between(9, 21).mean() > 0.97
    assert hours[hours["channel"] == "chat"]["hour"].between(22, 23).sum() > 10


def test_logistics_surge(files: Files) -> None:
    truth = files.truth
    assert (truth.surge_from, truth.surge_to) == (date(2024, 12, 1), date(2024, 12, 31))
    rows = files.tickets_with_customers()
    late = rows[(rows["kind"] == "complaint") & (rows["category"] == truth.surge_category)]
    hit = late[late["region"] == truth.surge_region]
    in_month = hit["opened_at"].between(
        pd.Timestamp(truth.surge_from), pd.Timestamp(truth.surge_to) + pd.Timedelta(days=1)
    )
    usual = (~in_month).sum() / 35
    assert 3 < in_month.sum() / usual < 6
    elsewhere = late[late["region"] != truth.surge_region]
    other = elsewhere["opened_at"].dt.to_period("M").value_counts()
    assert other[pd.Period(truth.surge_from, "M")] < 1.7 * other.median()


def dated_complaints(files: Files) -> pd.DataFrame:
    """The complaint tickets with the day on which they came in, and their category for a cause."""
    rows = files.tickets_with_customers()
    rows = rows[rows["kind"] == "complaint"].rename(columns={"category": "cause"})
    return rows.assign(day=rows["opened_at"].dt.normalize())


def test_the_surge_is_flagged_within_seven_days_and_named(files: Files) -> None:
    rows, truth = dated_complaints(files), files.truth
    wanted = Series(truth.surge_category, "region", truth.surge_region)
    days = [truth.surge_from + timedelta(days=day) for day in range(21)]
    found = [[alert.series for alert in rising(answer(rows, day), rising_policy()).alerts] for day in days]
    assert found[6] == [wanted], "once, and as narrowly as it is"
    assert {series for told in found[:6] for series in told} <= {wanted, Series(None, "region", truth.surge_region)}
    assert all(wanted in told for told in found[6:]), "every morning from then on"


def test_shuffled_complaints_raise_a_flag_in_one_week_of_twenty_at_most(files: Files) -> None:
    """Season, festivals and growth stay as they are; which cause and place each complaint has is drawn by lot."""
    rows, random, policy = dated_complaints(files), np.random.default_rng(1), rising_policy()
    weeks = []
    for _ in range(4):
        counts = counted(answer(shuffled(rows, random), UNTIL, days=ALL_DAYS), ALL_DAYS)
        usual = expected(counts, policy)
        weeks += [lately(counts, usual, policy, 7 * week).risen.any() for week in range(100)]
    assert np.mean(weeks) <= 0.05


def test_slow_team(files: Files) -> None:
    complaints = files.sound["tickets"].query("kind == 'complaint'")
    recent = complaints["opened_at"] >= pd.Timestamp(files.truth.slow_from)
    for column, factor in {"first_response_at": 1.8, "resolved_at": 1.4}.items():
        took = (complaints[column] - complaints["opened_at"]).dt.total_seconds()
        now, then = (took[mask].groupby(complaints["team"]).median() for mask in (recent, ~recent))
        assert now.idxmax() == files.truth.slow_team
        assert now[files.truth.slow_team] > factor * now.drop(files.truth.slow_team).median()
        assert then[files.truth.slow_team] < 1.3 * then.median()


def nps(scores: pd.Series) -> float:
    return float(100 * ((scores >= 9).mean() - (scores <= 6).mean()))


def test_nps_drop_and_repair(files: Files) -> None:
    truth = files.truth
    rows = files.sound["surveys"].query("kind == 'nps'").dropna(subset="score")
    here = rows[rows["touchpoint"] == truth.drop_touchpoint]
    first, last = pd.Timestamp(truth.drop_from), pd.Timestamp(truth.drop_to) + pd.Timedelta(days=1)
    during = here["sent_at"].between(first, last)
    after = here["sent_at"] > last
    assert nps(here[~during & ~after]["score"]) - nps(here[during]["score"]) > 25
    assert nps(here[after]["score"]) - nps(here[during]["score"]) > 25
    others = rows[rows["touchpoint"] != truth.drop_touchpoint]
    then = others["sent_at"].between(first, last)
    assert abs(nps(others[then]["score"]) - nps(others[~then]["score"])) < 15


def halves(files: Files, rows: pd.DataFrame, column: str, who: tuple[str, ...]) -> tuple[int, int]:
    """How many rows these customers have in the last 180 days, and in the 180 days before."""
    theirs = rows[rows["customer_id"].isin(who)][column]
    start = pd.Timestamp(files.truth.signals_from)
    half = pd.Timedelta(days=180)
    return int((theirs >= start).sum()), int(theirs.between(start - half, start, inclusive="left").sum())


def test_churners_signals_grow(files: Files) -> None:
    who, start = files.truth.churners, pd.Timestamp(files.truth.signals_from)
    assert len(who) == round(120 * SCALE)
    orders, tickets = files.sound["orders"], files.sound["tickets"]
    now, before = halves(files, orders, "ordered_at", who)
    assert now < 0.55 * before
    assert not (orders["customer_id"].isin(who) & (orders["ordered_at"] >= AFTER - pd.Timedelta(days=60))).any()
    logins = files.sound["interactions"].query("kind == 'login'")
    now, before = halves(files, logins, "happened_at", who)
    assert now < 0.7 * before
    now, before = halves(files, tickets[tickets["kind"] == "complaint"], "opened_at", who)
    assert now > 2 * before
    answers = files.sound["surveys"].query("kind == 'nps' and score <= 6")
    unhappy = answers[(answers["sent_at"] >= start) & answers["customer_id"].isin(who)]["customer_id"]
    assert set(unhappy) == set(who)


def test_twelve_on_their_way_up(files: Files) -> None:
    who = files.truth.risers
    assert len(set(who)) == 12
    orders = files.sound["orders"]
    for customer in who:
        now, before = halves(files, orders, "ordered_at", (customer,))
        assert now >= 8
        assert now >= 3 * before
    theirs = orders[orders["customer_id"].isin(who)]
    weeks = (AFTER - theirs["ordered_at"]).dt.days // 60
    spend = theirs.groupby(weeks)["amount"].sum()
    assert spend[0] > spend[1] > spend[2] > spend[3]


def test_a_third_of_surveys_is_answered(files: Files) -> None:
    surveys = files.sound["surveys"]
    assert surveys["score"].notna().mean() == pytest.approx(0.36, abs=0.04)
    assert surveys["score"].notna().equals(surveys["answered_at"].notna())
    assert surveys[surveys["score"].isna()]["comment"].isna().all()
    assert surveys["comment"].notna().sum() > 500
    assert surveys[surveys["kind"] == "csat"]["ticket_id"].notna().all()


def test_texts_vary(files: Files) -> None:
    texts = files.sound["tickets"]["text"].dropna()
    assert texts.nunique() / len(texts) > 0.9
    assert texts.value_counts().max() < 0.002 * len(texts)
    assert not texts.str.contains(r"[{}]").any()
    comments = files.sound["surveys"]["comment"].dropna()
    assert comments.nunique() > 200


def test_languages_scripts_and_personal_data_in_texts(files: Files) -> None:
    texts = files.sound["tickets"]["text"].dropna()
    assert texts.str.contains(r"^[\x00-\x7f]+", regex=True).sum() > 0.05 * len(texts)
    assert 0.02 < texts.str.contains("[貨裝務這說麼鎖機壞還後開]").mean() < 0.09
    assert texts.str.contains("[货装务这说么锁机坏还后开]").mean() > 0.3
    assert texts.str.contains(r"1[3-9]\d0000\d{4}").sum() > 20
    assert texts.str.contains("@example").sum() > 20
    assert texts.str.contains("[\U0001f300-\U0001faff]").sum() > 50


def test_interactions_of_every_kind(files: Files) -> None:
    rows = files.sound["interactions"]
    assert set(rows["kind"]) == {
        "login",
        "enquiry",
        "order_help",
        "consultation",
        "marketing",
        "follow_up",
        "care_call",
    }
    assert rows[rows["is_bot"]]["agent_id"].isna().all()
    bots = rows[rows["kind"] == "enquiry"]["is_bot"].mean()
    assert 0.2 < bots < 0.6


def test_fragments_are_said_once(files: Files) -> None:
    """The three languages cover the same causes, and no fragment of a cause stands twice."""
    folder = Path(sample.__file__).parent / "texts"
    found = {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in folder.glob("*.toml")}
    assert set(found) == {"zh", "hant", "en"}
    for language, texts in found.items():
        assert set(texts) == set(found["zh"]), language
        for cause, parts in texts.items():
            for part, fragments in (parts if isinstance(parts, dict) else {}).items():
                counted = Counter(fragment for fragment in fragments if fragment)
                assert max(counted.values()) == 1, (language, cause, part)
