"""The models of value against what they are made of: integrals over all rates and chances, and simulated customers."""

from dataclasses import astuple
from itertools import product

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import approx_fprime
from scipy.stats import beta, gamma

from warehouse.derive.value import bgnbd, gamma_gamma
from warehouse.derive.value.bgnbd import Bgnbd, Histories
from warehouse.derive.value.fit import Floats
from warehouse.derive.value.gamma_gamma import GammaGamma

MODEL = Bgnbd(1.4, 6.0, 1.7, 3.2)
CASES = [(0.0, 0.0, 20.0), (1.0, 3.0, 20.0), (4.0, 18.0, 20.0), (7.0, 7.5, 30.0)]
"""Repeat orders, time of the last one, time observed."""


def one(*values: float) -> list[Floats]:
    """Each as an array of one."""
    return [np.array([value]) for value in values]


def integral(model: Bgnbd, history: tuple[float, float, float], ahead: float) -> tuple[float, float, float]:
    """Of one customer, over all rates and chances: likelihood, the part of it in which they are still there, and that
    part times the orders ``ahead``. From the two assumptions alone, none of the paper's results."""
    x, last, observed = history
    nodes, weights = np.polynomial.legendre.leggauss(400)
    rate, chance = 6 * (nodes[:, None] + 1), (nodes[None, :] + 1) / 2  # rates up to 12, ten times what occurs
    prior = gamma.pdf(rate, model.r, scale=1 / model.alpha) * beta.pdf(chance, model.a, model.b)
    there = prior * (1 - chance) ** x * rate**x * np.exp(-rate * observed)
    gone = prior * chance * (1 - chance) ** (x - 1) * rate**x * np.exp(-rate * last) if x else 0.0
    orders = -np.expm1(-rate * chance * ahead) / chance
    area = 3 * weights[:, None] * weights[None, :]
    return float(np.sum(area * (there + gone))), float(np.sum(area * there)), float(np.sum(area * there * orders))


@pytest.mark.parametrize("history", CASES)
def test_likelihood_alive_and_orders_ahead_are_the_integrals(history: tuple[float, float, float]) -> None:
    seen, there, orders = integral(MODEL, history, ahead=15)
    assert bgnbd.log_likelihood(MODEL, Histories(*one(*history, 1.0))) == pytest.approx(np.log(seen), rel=1e-5)
    assert MODEL.alive(*one(*history))[0] == pytest.approx(there / seen, rel=1e-5)
    assert MODEL.expected(15, *one(*history))[0] == pytest.approx(orders / seen, rel=1e-4)


def test_equal_histories_count_as_often_as_they_occur() -> None:
    rows = np.array([(1.0, 2.0, 9.0), (0.0, 0.0, 5.0), (1.0, 2.0, 9.0), (3.0, 4.0, 4.0)])
    seen = Histories.counted(*rows.T)
    assert seen.customers.tolist() == [1.0, 2.0, 1.0]
    each = [bgnbd.log_likelihood(MODEL, Histories(*one(*row, 1.0))) for row in rows]
    assert bgnbd.log_likelihood(MODEL, seen) == pytest.approx(sum(each), rel=1e-12)


@pytest.mark.parametrize("a", [0.05, 0.8, 1.0, 1.0002, 2.5, 40.0])
def test_orders_ahead_hold_at_the_edges(a: float) -> None:
    """Hardly anybody leaves or nearly all do, a look ahead of a thousand times what was observed: 1-z down to 1e-6."""
    parts = (np.arange(20_000) + 0.5) / 20_000
    weights = 4 * parts**3 / 20_000  # more of them where hardly anybody leaves
    for (r, alpha, b), x, ahead in product([(0.2, 0.5, 0.3), (3.0, 40.0, 12.0)], [0.0, 1.0, 60.0], [1.0, 52.0, 5e4]):
        observed, model = x / 2, Bgnbd(r, alpha, a, b)

        chance = np.maximum(beta.ppf(parts**4, a, b + x), 1e-300)
        orders = -np.expm1(-(r + x) * np.log1p(chance * ahead / (alpha + observed))) / chance
        assert model._orders(np.array(ahead), *one(x, observed))[0] == pytest.approx(weights @ orders, rel=1e-4)


def simulated(model: Bgnbd, customers: int, until: float) -> tuple[list[Floats], Floats]:
    """Who orders when by the two assumptions: the times of the repeat orders of each customer, and when each began."""
    rng = np.random.default_rng(5)
    rates, chances = rng.gamma(model.r, 1 / model.alpha, customers), rng.beta(model.a, model.b, customers)
    times = []
    for rate, chance in zip(rates, chances, strict=True):
        orders = np.cumsum(rng.exponential(1 / max(rate, 1e-12), rng.geometric(chance)))
        times.append(orders[orders <= until])
    return times, rng.uniform(0, 12, customers)


def test_simulated_customers_give_back_the_model_and_the_future() -> None:
    """Learnt from the first 40 weeks, right about the next 40, customer by customer and in total."""
    true = Bgnbd(0.6, 5.0, 0.9, 2.5)
    times, begun = simulated(true, 12_000, 90)
    observed = 40 - begun
    before = [orders[orders <= end] for orders, end in zip(times, observed, strict=True)]
    repeats = np.array([float(len(orders)) for orders in before])
    last = np.array([orders[-1] if len(orders) else 0.0 for orders in before])
    after = np.array([np.sum((t > end) & (t <= end + 40)) for t, end in zip(times, observed, strict=True)])
    model, found = bgnbd.fit(Histories.counted(repeats, last, observed))
    assert found.sound
    for name, off in {"r": 0.1, "alpha": 0.1, "a": 0.25, "b": 0.35}.items():
        assert getattr(model, name) == pytest.approx(getattr(true, name), rel=off), name
    assert model.a / (model.a + model.b) == pytest.approx(true.a / (true.a + true.b), rel=0.08)
    ahead = model.expected(40, repeats, last, observed)
    for group in (repeats == 0, repeats == 1, (repeats > 1) & (repeats < 5), repeats >= 5):
        error = 4 * after[group].std() / np.sqrt(group.sum())
        assert ahead[group].mean() == pytest.approx(after[group].mean(), abs=error)
    for age in (5.0, 20.0, 75.0):
        so_far = np.array([np.sum(orders <= age) for orders in times])
        error = 4 * so_far.std() / np.sqrt(len(times))
        assert true.expected_new(np.array([age]))[0] == pytest.approx(so_far.mean(), abs=error)


def test_the_gradients_are_those_of_the_likelihoods() -> None:
    seen = Histories.counted(*np.array([*CASES, CASES[1]]).T)
    counted, at = bgnbd._Counted.of(seen), np.array(astuple(MODEL))
    numeric = approx_fprime(at, lambda values: bgnbd._likelihood(values, seen, counted)[0], 1e-6)
    assert bgnbd._likelihood(at, seen, counted)[1] == pytest.approx(numeric, rel=1e-4)
    orders, total, at = np.array([1.0, 2.0, 9.0]), np.array([5.0, 70.0, 200.0]), np.array([3.0, 2.0, 12.0])
    numeric = approx_fprime(at, lambda values: gamma_gamma._likelihood(values, orders, total)[0], 1e-6)
    assert gamma_gamma._likelihood(at, orders, total)[1] == pytest.approx(numeric, rel=1e-4)


def test_a_fit_does_not_depend_on_where_it_starts() -> None:
    times, begun = simulated(MODEL, 3000, 40)
    seen = Histories.counted(
        np.array([float(len(orders)) for orders in times]),
        np.array([orders[-1] if len(orders) else 0.0 for orders in times]),
        np.full(len(begun), 40.0),
    )
    one_way, other = (bgnbd.fit(seen, start)[0] for start in (bgnbd.START, (0.3, 50.0, 5.0, 1.0)))
    assert astuple(one_way) == pytest.approx(astuple(other), rel=1e-3)
    assert bgnbd.fit(seen) == bgnbd.fit(seen)


def test_who_never_leaves_is_no_sound_fit() -> None:
    """All order every week to the end: no chance to leave is too small."""
    seen = Histories.counted(np.full(300, 20.0), np.full(300, 20.0), np.full(300, 20.5))
    assert not bgnbd.fit(seen)[1].sound


@pytest.mark.parametrize(("orders", "total"), [(1.0, 4.0), (3.0, 90.0), (12.0, 100.0)])
def test_amounts_are_the_integrals(orders: float, total: float) -> None:
    """A customer's mean amount given their own scale is gamma; the scales differ between customers."""
    p, q, scale = 5.0, 3.0, 15.0
    model = GammaGamma(p, q, scale)

    def seen(nu: float) -> float:
        return float(gamma.pdf(total / orders, p * orders, scale=1 / (nu * orders)) * gamma.pdf(nu, q, scale=1 / scale))

    whole = quad(seen, 0, 20, limit=200)[0]
    mean = quad(lambda nu: p / nu * seen(nu), 1e-9, 20, limit=200)[0] / whole
    found = gamma_gamma._likelihood(np.array(astuple(model)), *one(orders, total))[0]
    assert found == pytest.approx(np.log(whole), rel=1e-6)
    assert model.mean(*one(orders, total))[0] == pytest.approx(mean, rel=1e-6)


def test_simulated_amounts_give_back_the_model() -> None:
    rng = np.random.default_rng(3)
    orders = rng.integers(1, 9, 20_000).astype(np.float64)
    scales = rng.gamma(4.0, 1 / 15.0, len(orders))
    model, found = gamma_gamma.fit(orders, rng.gamma(6.0 * orders, 1 / scales))
    assert found.sound
    assert astuple(model) == pytest.approx((6.0, 4.0, 15.0), rel=0.08)


def test_few_orders_say_little_and_many_much() -> None:
    model = GammaGamma(6.0, 4.0, 15.0)
    everybody = 6.0 * 15.0 / 3.0
    assert model.mean(*one(0.0, 0.0))[0] == everybody
    once, often = model.mean(np.array([1.0, 50.0]), np.array([90.0, 50 * 90.0]))
    assert everybody < once < often < 90.0 and often > 88
