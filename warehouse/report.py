"""What a person at the terminal sees: progress, the summary table, the status."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from warehouse.load import Report

console = Console(stderr=True, width=None if sys.stderr.isatty() else 140)


@contextmanager
def steps() -> Iterator[Callable[[str], None]]:
    """A function that announces each step; on a terminal as a running line with the time, elsewhere as plain lines."""
    if not console.is_terminal:
        yield lambda step: console.print(f"… {step}", markup=False)
        return
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn(), console=console
    ) as bar:
        task = bar.add_task("start", total=None)
        yield lambda step: bar.update(task, description=step)


def print_report(report: Report) -> None:
    """The ledger of a load as a table, with what to do about rows in quarantine."""
    table = Table(title=f"Published {report.version}")
    for heading in ("file", "table", "encoding"):
        table.add_column(heading)
    for heading in ("read", "accepted", "quarantined", "new", "replaced", "unchanged"):
        table.add_column(heading, justify="right")
    for e in report.entries:
        counts = (e.read, e.accepted, e.quarantined, e.new, e.replaced, e.unchanged)
        encoding = f"{e.encoding} (guessed)" if e.encoding_guessed else e.encoding
        table.add_row(e.file, e.table, encoding, *(f"{count:,}" for count in counts))
    console.print(table)
    if report.quarantined:
        console.print(f"{report.quarantined:,} rows were set aside; see them with: python -m warehouse rejects")
        for line in report.reasons:
            console.print(f"  {line}", markup=False)
    for line in report.remarks:
        console.print(f"Note: {line}", markup=False)
    for entry in report.refused:
        console.print(f"[red]{entry.file}: not one of {entry.read:,} rows could be used.[/]")


def print_status(found: dict[str, Any]) -> None:
    """Version, horizon, rows per table and quarantine."""
    meta = found["meta"]
    console.print(f"{found['version']}, built {meta['built_at']} UTC, data up to {meta.get('as_of', '(no dates)')} UTC")
    table = Table()
    table.add_column("table")
    table.add_column("rows", justify="right")
    for name, facts in found["tables"].items():
        table.add_row(name, f"{facts['rows']:,}")
    console.print(table)
    for rule, rows in found["quarantine"].items():
        console.print(f"quarantine, {rule}: {rows:,} rows")
