"""The models of value on the data that their authors published them with, and on every customer of CDNOW."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.test_real import SETS
from tests.warehouse.value_world import valued
from warehouse.derive.value import bgnbd, gamma_gamma
from warehouse.derive.value.bgnbd import Bgnbd, Histories

pytestmark = pytest.mark.real
PUBLISHED = Bgnbd(0.243, 4.414, 0.793, 2.426)
"""Fader, Hardie and Lee (2005), table 2; the log-likelihood is -9582.4."""


def summary(real: Path, name: str = "cdnow_customers_summary") -> pd.DataFrame:
    """A tenth of CDNOW's customers over 39 weeks: repeat orders, week of the last, weeks observed (and mean amount)."""
    return pd.read_csv(real / "cdnow" / f"{name}.csv")


def seen(real: Path) -> Histories:
    """Their histories."""
    table = summary(real)
    return Histories.counted(*(table[name].to_numpy(float) for name in ("frequency", "recency", "T")))


def test_the_published_fit_of_orders(real: Path) -> None:
    model, found = bgnbd.fit(seen(real))
    assert found.sound and found.log_likelihood == pytest.approx(-9582.4, abs=0.05)
    assert [round(value, 3) for value in vars(model).values()] == [0.243, 4.414, 0.793, 2.426]
    assert bgnbd.log_likelihood(PUBLISHED, seen(real)) == pytest.approx(found.log_likelihood, abs=0.01)


def test_the_published_expectation() -> None:
    """Two repeat orders, the last in week 30.43 of 38.86: E(Y(39)) = 1.226 in the authors' worksheet."""
    history = (np.array([value]) for value in (2.0, 30.43, 38.86))
    assert round(float(PUBLISHED.expected(39, *history)[0]), 3) == 1.226


def test_the_published_fit_of_amounts(real: Path) -> None:
    """Fader and Hardie (2013): p 6.25, q 3.74, gamma 15.44, of those with a repeat order. Their gamma was found by a
    spreadsheet's solver; the likelihood is so flat along it that the best one differs by a thousandth."""
    table = summary(real, "cdnow_customers_summary_with_transactions")
    table = table[table.x > 0]
    orders, total = table.x.to_numpy(float), (table.x * table.zbar).to_numpy(float)
    model, found = gamma_gamma.fit(orders, total)
    assert found.sound and len(table) == 946
    assert (round(model.p, 2), round(model.q, 2)) == (6.25, 3.74)
    assert model.gamma == pytest.approx(15.44, abs=0.015)


def test_every_month_of_cdnow_has_its_values(real: Path) -> None:
    """Of all 23,570 customers: after a month nobody can be told to have left, from then on both models hold."""
    raw = pd.read_csv(real / SETS["cdnow"], sep=r"\s+", dtype={"customer_id": str})
    raw["day"] = pd.to_datetime(raw.date, format="%Y%m%d").dt.date
    orders = raw.groupby(["customer_id", "day"]).dollar_value.sum().reset_index()
    ends = [date(1997, 1, 31), date(1997, 9, 30), date(1998, 6, 30)]
    found = valued(list(orders.itertuples(index=False, name=None)), ends)
    assert found.models.method.tolist() == ["simple", "bgnbd", "bgnbd"] and found.models.why[0] == "no_fit"
    assert found.models.worth.tolist() == ["own_mean", "gamma_gamma", "gamma_gamma"]
    assert found.models.correlation[1:].abs().max() < 0.15
    last = found.values[found.values.place == 3].set_index("customer_id")
    days = orders.groupby("customer_id").size()
    assert len(last) == 23_570 and (last.alive.notna() == (days > 1)).all()
    by_days = last.expected_orders.groupby(days.clip(upper=10)).mean()
    assert by_days.is_monotonic_increasing and by_days[10] > 20 * by_days[1]
