"""The churn model: it knows nothing of what came later, its figures are what they say, and it finds who really left."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import brier_score_loss, roc_auc_score

from charts.reasons import in_words, unpacked
from tests.warehouse.conftest import Sample, frame
from warehouse.derive.churn import walk as module
from warehouse.derive.churn.model import fit
from warehouse.derive.churn.proof import Choice, Record, choose, record
from warehouse.derive.churn.walk import METHODS, Judged, Learnt, Month, walk
from warehouse.derive.churn_policy import read_churn_policy
from warehouse.load import load
from words import LANGUAGES

pytestmark = pytest.mark.xdist_group("churn")
RULES = read_churn_policy().model
NAMES = ("silence_used", "orders_change", "nps_score", "signal_score")
LAST, EACH, SINCE = 30, 300, 20


def months(seed: int = 1, shuffled: bool = False) -> list[Month]:
    """Customers who leave by a law that silence tells in part and the model's features wholly; the last three months'
    outcomes are not known. ``shuffled``: outcomes change hands within each month."""
    random = np.random.default_rng(seed)
    found = []
    for place in range(1, LAST + 1):
        features = random.normal(size=(EACH, len(NAMES)))
        features[:, 3] = features[:, 0] + random.normal(size=EACH)
        odds = features[:, 0] - 1.5 * features[:, 1] - features[:, 2] - 2
        left = (random.random(EACH) < 1 / (1 + np.exp(-odds))).astype(float)
        outcome = random.permutation(left) if shuffled else left
        if place > LAST - 3:
            outcome = np.full(EACH, np.nan)
        found.append(Month(place, True, np.arange(EACH), random.permutation(EACH), features, outcome))
    return found


def judged(given: Sequence[Month]) -> list[Judged]:
    return list(walk(given, NAMES, RULES, SINCE))


def skill(found: Sequence[Judged], method: str = "model") -> tuple[float, float]:
    """AUC and lift of the first fifth, over all months whose outcome is known."""
    known = [each for each in found if not np.isnan(each.month.outcome).any()]
    auc = float(np.mean([roc_auc_score(each.month.outcome, each.risks[method]) for each in known]))
    total = sum((record(each.risks[method], each.month.outcome, EACH) for each in known), Record())
    base = float(np.mean([each.month.outcome.mean() for each in known]))
    return auc, total.hits / total.listed / base


def test_a_risk_is_the_exact_sum_of_what_its_features_contribute() -> None:
    learn, calibrate, now = months()[0], months()[1], months()[2]
    model = fit((learn.features, learn.outcome), (calibrate.features, calibrate.outcome), 10.0)
    assert model is not None
    risk = model.risk(now.features)
    odds = model.intercept + model.contributions(now.features).sum(axis=1)
    assert np.log(risk / (1 - risk)) == pytest.approx(odds)


def test_the_fit_satisfies_the_equations_of_a_penalised_logistic_and_is_calibrated() -> None:
    """With the sigmoid undone, the gradient of log-likelihood and penalty is zero; the sigmoid makes the mean right."""
    learn, calibrate = months()[0], months()[1]
    model = fit((learn.features, learn.outcome), (calibrate.features, calibrate.outcome), 10.0)
    assert model is not None
    assert model.risk(calibrate.features).mean() == pytest.approx(calibrate.outcome.mean(), abs=1e-4)
    standard = (learn.features - learn.features.mean(axis=0)) / learn.features.std(axis=0)

    def gradient(slope: float, shift: float) -> np.ndarray[Any, Any]:
        weights, intercept = model.weights / slope, (model.intercept - shift) / slope
        chance = 1 / (1 + np.exp(-(standard @ weights + intercept)))
        pulls = [standard.T @ (chance - learn.outcome) + 10.0 * weights, [np.sum(chance - learn.outcome)]]
        return np.concatenate(pulls)

    from scipy.optimize import minimize

    best = minimize(lambda at: float((gradient(*at) ** 2).sum()), [1.0, 0.0], method="Nelder-Mead", tol=1e-12)
    assert np.abs(gradient(*best.x)).max() < 0.02, "some sigmoid of a solution of the equations"
    assert np.abs(gradient(best.x[0] * 1.2, best.x[1])).max() > 1, "and the equations can fail"


def test_it_finds_more_than_either_rule_where_there_is_more_to_find() -> None:
    found = judged(months())
    (auc, lift), *rules = (skill(found, method) for method in METHODS)
    assert auc > 0.85 and lift > 2.5
    assert all(auc > rule_auc + 0.1 and lift > rule_lift + 0.5 for rule_auc, rule_lift in rules)
    assert choose(found[:5], 60).method == "model"


def test_with_outcomes_shuffled_within_each_month_the_skill_vanishes() -> None:
    """Nothing but the link of features and outcomes makes the skill: no list is better than chance without it."""
    for seed in (1, 2, 3):
        auc, lift = skill(judged(months(seed, shuffled=True)))
        assert abs(auc - 0.5) < 0.05 and abs(lift - 1) < 0.25


def test_outcomes_that_were_not_known_yet_change_nothing() -> None:
    """Every outcome that a month-end could not know is turned round: its probabilities stay, to the last digit."""
    given = months()
    for place in (SINCE, SINCE + 4):
        known = place - RULES["horizon_months"]
        turned = [each if each.place <= known else replace(each, outcome=1 - each.outcome) for each in given]
        before, after = ({j.month.place: j.risks for j in judged(case)} for case in (given, turned))
        for method in METHODS:
            assert (before[place][method] == after[place][method]).all()
            assert (before[place + 1][method] != after[place + 1][method]).any(), "one month later it is known"


def test_a_month_that_is_not_over_knows_one_outcome_less() -> None:
    *earlier, last = months()
    (*_, whole), (*_, open_) = judged([*earlier, last]), judged([*earlier, replace(last, whole=False)])
    assert (whole.learnt.last, open_.learnt.last) == (LAST - 3, LAST - 4)


def test_who_is_left_out_of_learning_does_not_depend_on_the_others() -> None:
    month = months()[0]
    drawn = month.drawn(100)
    kept = set(drawn.numbers)
    assert len(kept) == 100 and set(month.draw[list(kept)]) == set(range(100))
    assert (drawn.features == month.features[drawn.numbers]).all()


def test_too_little_to_learn_from_is_said_and_sklearn_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "fit", lambda *_: pytest.fail("there is nothing to fit"))
    few = [replace(each, outcome=np.where(each.outcome == 1, 0.0, each.outcome)) for each in months()]
    assert all(not each.risks for each in judged(few)), "nobody left"
    assert all(not each.risks for each in judged([each.drawn(20) for each in months()])), "too few rows"
    code = "import sys, warehouse.load; sys.exit('sklearn' in sys.modules or 'scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_record_counts_as_sklearn_does() -> None:
    each = judged(months())[0]
    risk, left = each.risks["model"], each.month.outcome
    found = record(risk, left, 50)
    best = pd.Series(left, index=pd.Index(risk)).sort_index(ascending=False, kind="stable")
    assert (found.listed, found.hits, found.judged) == (50, best[:50].sum(), EACH)
    assert found.brier == pytest.approx(brier_score_loss(left, risk))
    assert record(risk, left, EACH).listed == EACH // 5, "a list that holds everybody proves nothing"


def case(model: Sequence[float], recency: Sequence[float], signals: Sequence[float], left: Sequence[float]) -> Judged:
    """One past list by hand."""
    n = len(left)
    month = Month(1, True, np.arange(n), np.arange(n), np.empty((n, 0)), np.array(left))
    risks = dict(zip(METHODS, (np.array(risk) for risk in (model, recency, signals)), strict=True))
    return Judged(month, Learnt({}, 1, 1, n, 1), risks)


LEFT = (1.0, 0.0, 0.0, 0.0, 0.0)
SURE, HALF, WRONG = (0.9, 0.1, 0.1, 0.1, 0.1), (0.5, 0.4, 0.4, 0.4, 0.4), (0.1, 0.9, 0.1, 0.1, 0.1)


@pytest.mark.parametrize(
    ("model", "recency", "signals", "expected"),
    [
        (SURE, WRONG, WRONG, ("model", "better")),
        (SURE, HALF, WRONG, ("recency", "found_less")),  # as many is not more
        (WRONG, HALF, HALF, ("signals", "found_less")),
        (HALF, (0.1, 0.9, 0.5, 0.5, 0.5), WRONG, ("model", "better")),
        (HALF, (0.2, 0.2001, 0.0, 0.0, 0.0), WRONG, ("signals", "less_sure")),  # 0.89 / 5 against 0.68 / 5
    ],
)
def test_the_model_ranks_the_list_only_where_it_beats_both_rules(
    model: Sequence[float], recency: Sequence[float], signals: Sequence[float], expected: tuple[str, str]
) -> None:
    found = choose([case(model, recency, signals, LEFT)], 1)
    assert (found.method, found.why) == expected
    assert found.records["model"].judged == 5


def test_without_a_past_list_the_score_ranks_it() -> None:
    assert choose([], 100) == Choice("signals", "unproven", {})


def scores(folder: Path) -> pd.DataFrame:
    return frame(folder, "FROM churn_scores ORDER BY as_of, customer_id")


def proof(folder: Path) -> Iterator[tuple[str, int, int, float, float]]:
    """(method, listed, hits, sum of squared errors, judged) over the lists that the last choice rests on, in pandas."""
    found = scores(folder)
    known = found[found.outcome.notna()]
    ends = sorted(known.as_of.unique())[-RULES["proof_months"] :]
    for method, column in (("model", "risk"), ("recency", "recency_risk"), ("signals", "signal_risk")):
        listed = hits = judged = 0
        error = 0.0
        for end in ends:
            month = known[known.as_of == end].sort_values([column, "customer_id"], ascending=[False, True])
            top = month[: min(RULES["list_size"], len(month) // 5)]
            listed, hits, judged = listed + len(top), hits + int(top.outcome.sum()), judged + len(month)
            error += float(((month[column] - month.outcome.astype(float)) ** 2).sum())
        yield method, listed, hits, error, judged


def the_choice_follows(folder: Path) -> dict[str, int]:
    """The stored choice equals the one recomputed from the stored scores; returns what each method found."""
    last = frame(folder, "FROM churn_models ORDER BY as_of").iloc[-1]
    found = {method: (listed, hits, error / judged) for method, listed, hits, error, judged in proof(folder)}
    for method, (listed, hits, brier) in found.items():
        assert (last.listed, last[f"{method}_hits"]) == (listed, hits)
        assert last[f"{method}_brier"] == pytest.approx(brier)
    rules = [found["signals"], found["recency"]]
    more = all(found["model"][1] > hits for _, hits, _ in rules)
    closer = all(found["model"][2] < brier for *_, brier in rules)
    assert (last.method == "model") == (more and closer)
    return {method: hits for method, (_, hits, _) in found.items()}


def test_the_choice_on_the_sample_follows_from_the_stored_scores(sample: Sample) -> None:
    found = the_choice_follows(sample[1])
    assert found["model"] > max(found["recency"], found["signals"])


def test_cdnow_says_what_the_model_gains_over_silence_alone(cdnow: Path) -> None:
    """As it is: of 900 places on nine lists the model found 663 who left, silence alone 563, the score 494; orders are
    all that this data has. The recomputation must agree; whether the model wins is for the data to say."""
    found = the_choice_follows(cdnow)
    assert set(found) == set(METHODS) and min(found.values()) > 0


def test_outcomes_and_who_is_judged_follow_from_the_stages(sample: Sample) -> None:
    """Judged is who has a gap and has not left; the outcome is the stage three whole month-ends later."""
    found = scores(sample[1])
    stages = frame(
        sample[1], "SELECT customer_id, as_of, whole, tier, gap_days IS NOT NULL AS cycle, stage FROM customer_months"
    )
    judged_then = stages[stages.cycle & (stages.stage != "churned")]
    for end in found.as_of.unique():
        expected = judged_then[judged_then.as_of == end].sort_values("customer_id")
        mine = found[found.as_of == end]
        assert (
            mine.customer_id.tolist() == expected.customer_id.tolist() and mine.tier.tolist() == expected.tier.tolist()
        )
        later = stages[(stages.as_of == end + pd.offsets.MonthEnd(3)) & stages.whole].set_index("customer_id").stage
        told = later.reindex(mine.customer_id).map(lambda stage: stage == "churned", na_action="ignore")
        assert mine.outcome.isna().all() if later.empty else (mine.outcome == told.to_numpy()).all()
    assert found.as_of.nunique() == RULES["scored_months"]
    assert found.outcome.isna().groupby(found.as_of).first().sum() == RULES["horizon_months"] + 1


def test_the_list_takes_risk_and_reasons_from_the_model(sample: Sample) -> None:
    risks = frame(sample[1], "FROM customer_risks").set_index("customer_id")
    now = frame(sample[1], "FROM churn_scores WHERE as_of = (SELECT max(as_of) FROM churn_scores)")
    given = risks.risk.dropna()
    assert given.to_dict() == now.set_index("customer_id").risk.reindex(given.index).to_dict()
    assert set(risks.index[risks.standing == "at_risk"]) == set(given.index), "only who can still be kept has a risk"
    packed = risks.reasons.dropna()
    assert set(packed.index) <= set(given.index) and len(packed) > 0.5 * len(given)
    for customer, told in packed.items():
        parts = list(unpacked(told))
        weights = [part.weight for part in parts]
        assert weights == sorted(weights, reverse=True) and weights[-1] >= 0.1
        assert all(part.without(given[str(customer)]) < given[str(customer)] for part in parts)
        assert all(in_words(part, lang) for part in parts for lang in LANGUAGES)


def _cut(files: Path, place: Path, until: str) -> list[Path]:
    """Customers, orders and contacts of the sample, those after the month-end left out."""
    place.mkdir()
    dated = {"customers": "signed_up_on", "orders": "ordered_at", "interactions": "happened_at"}
    for table, column in dated.items():
        rows = pd.read_csv(files / f"{table}.csv", dtype=str, keep_default_na=False)
        rows[rows[column].str[:10] <= until].to_csv(place / f"{table}.csv", index=False)
    return [place / f"{table}.csv" for table in dated]


def test_what_came_later_leaves_the_past_as_it_was(
    sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two loads, one of which ends four months earlier: risks, rules and choices of all month-ends that both hold are
    the same to the last digit. So are, then, two loads of the same files."""
    monkeypatch.setenv("TEAM_TIMEZONE", "Asia/Shanghai")
    found = []
    for until in ("9999-12-31", "2024-11-30"):
        load(_cut(sample[0], tmp_path / until, until), folder=tmp_path / f"{until}-loaded")
        found.append([frame(tmp_path / f"{until}-loaded", f"FROM {name}") for name in ("churn_scores", "churn_models")])
    (all_scores, all_models), (cut_scores, cut_models) = found
    ends = sorted(set(cut_scores.as_of) & set(all_scores.as_of))
    assert len(ends) >= 15 and max(ends) == pd.Timestamp("2024-11-30")
    for whole, part in ((all_scores, cut_scores), (all_models, cut_models)):
        mine, theirs = (rows[rows.as_of.isin(ends)].reset_index(drop=True) for rows in (whole, part))
        columns = [name for name in mine.columns if name not in ("outcome", "known")]
        pd.testing.assert_frame_equal(mine[columns], theirs[columns], check_exact=True, check_dtype=False)
    assert (all_models.method == "model").any()
