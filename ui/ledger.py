"""The proof that nothing was lost: what each load read is what it accepted and what it set aside."""

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from ui import tables
from ui.view import View

_ORDER = (
    "loaded_at",
    "file",
    "balance",
    "rows_read",
    "rows_accepted",
    "rows_quarantined",
    "rows_new",
    "rows_replaced",
    "rows_unchanged",
    "table_name",
    "mapping",
    "encoding",
    "seconds",
)


def verdict(view: View, loads: pa.Table) -> None:
    """One sentence over all loads shown: does the sum come out?"""
    counted = {name: pc.sum(loads.column(f"rows_{name}")).as_py() or 0 for name in ("read", "accepted", "quarantined")}
    fine = all(_balances(loads))
    found = view.t("quality.balanced" if fine else "quality.unbalanced")
    told = view.t("quality.balance", **{name: f"{n:,}" for name, n in counted.items()}, verdict=found)
    if fine:
        st.success(told, icon=":material/check_circle:")
    else:
        st.error(told, icon=":material/error:")


def show(view: View, loads: pa.Table) -> None:
    """The loads, the latest first, each with its own check; a guessed encoding is marked."""
    marks = [view.t("quality.row_balanced" if fine else "quality.row_unbalanced") for fine in _balances(loads)]
    encodings = [
        view.t("quality.guessed", encoding=encoding) if guessed else encoding
        for encoding, guessed in zip(
            loads.column("encoding").to_pylist(), loads.column("encoding_guessed").to_pylist(), strict=True
        )
    ]
    told = loads.append_column("balance", pa.array(marks)).drop_columns(["encoding"])
    tables.show(view, told.append_column("encoding", pa.array(encodings, pa.string())), "loads", _ORDER)


def _balances(loads: pa.Table) -> list[bool]:
    kept = pc.add(loads.column("rows_accepted"), loads.column("rows_quarantined"))
    return [bool(same) for same in pc.equal(loads.column("rows_read"), kept).to_pylist()]
