"""Complaints for tests of what rises: counted by pandas as the question `cause_weeks` does, shuffled, and made up."""

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa

from queries.cause_counts import DAYS

ALL_DAYS = 1120
"""As many as the weeks of a question have: any day can then be the one that is looked at."""
KINDS = ("region", "product", "channel")


def answer(rows: pd.DataFrame, until: date, weeks: int = 160, days: int = DAYS) -> pa.Table:
    """What `cause_weeks` answers for complaints with ``day``, ``cause``, ``region``, ``product`` and ``channel``."""
    back = (pd.Timestamp(until) - rows["day"]).dt.days
    ago = back.where(back < days, back - back % 7)
    seen = rows.assign(ago=ago.astype(float))[(back >= 0) & (back < 7 * weeks)]
    parts = []
    for kind in KINDS:
        counts = seen.groupby(["cause", kind, "ago"], dropna=False).size().reset_index(name="n")
        parts.append(counts.rename(columns={kind: "place"}).assign(kind=kind))
    found = pd.concat(parts)
    texts = {name: [None if pd.isna(raw) else str(raw) for raw in found[name]] for name in ("cause", "kind", "place")}
    columns = {name: pa.array(values, pa.string()) for name, values in texts.items()}
    return pa.table({**columns, "ago": found["ago"].to_numpy(), "n": found["n"].to_numpy()})


def shuffled(rows: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """The same complaints, each with the cause and places of another: as many on each day, and nothing that rises."""
    labels = rows[["cause", *KINDS]].iloc[random.permutation(len(rows))].reset_index(drop=True)
    return labels.assign(day=rows["day"].to_numpy())


def company(random: np.random.Generator, weekly: np.ndarray, noise: float = 0.0) -> pd.DataFrame:
    """Complaints of a made-up company of ten causes and six regions: ``weekly`` a week, the last up to 2025-01-05.

    ``noise``: the square of the relative standard deviation of every cause in every week, beyond that of a pure count.
    """
    counts = random.poisson(weekly)
    weeks = np.repeat(np.arange(len(weekly)), counts)
    weights = np.tile(np.linspace(2.0, 0.6, 10), (len(weekly), 1))
    if noise:
        weights = weights * random.gamma(1 / noise, noise, weights.shape)
    upto = np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1)
    cause = (random.random(len(weeks))[:, None] > upto[weeks]).sum(axis=1)
    days = 7 * (len(weekly) - 1 - weeks) + random.integers(0, 7, len(weeks))
    region = random.choice(6, len(weeks), p=[0.3, 0.2, 0.18, 0.14, 0.1, 0.08])
    return pd.DataFrame(
        {
            "day": pd.Timestamp("2025-01-05") - pd.to_timedelta(days, unit="D"),
            "cause": np.char.add("cause ", cause.astype(str)),
            "region": np.char.add("region ", region.astype(str)),
            "product": np.char.add("product ", random.integers(0, 5, len(weeks)).astype(str)),
            "channel": np.char.add("channel ", random.integers(0, 4, len(weeks)).astype(str)),
        }
    )
