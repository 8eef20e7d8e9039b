"""``python -m warehouse``: load files, make the sample, see what is published or set aside, go back a version.

Exit codes: 0 published (rows in quarantine included, unless --strict), 1 nothing was published, 2 wrong use,
3 published, but nothing of a file could be used (with --strict: some rows could not), 75 another load is running.
"""

import argparse
import csv
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from schemas import reason
from warehouse import status as state
from warehouse.derive.policies import check_policies
from warehouse.errors import BusyError, LoadError, ReadError
from warehouse.load import load
from warehouse.mapping import available
from warehouse.publish import current, rollback
from warehouse.report import console, print_report, print_status, steps
from warehouse.settings import warehouse_folder

PUBLISHED, FAILED, SET_ASIDE, BUSY = 0, 1, 3, 75


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except BusyError as error:
        console.print(f"[red]{_plain(error)}[/]")
        return BUSY
    except (LoadError, ReadError) as error:
        console.print(f"[red]{_plain(error)}[/]", soft_wrap=True)
        return FAILED
    except KeyboardInterrupt:
        console.print("Stopped. The published warehouse is as it was.")
        return FAILED


def _plain(error: Exception) -> str:
    return str(error).replace("[", "\\[")


def _load(options: argparse.Namespace) -> int:
    with steps() as step:
        report = load(
            [Path(file) for file in options.files],
            options.mapping,
            wait=options.wait,
            fresh=options.fresh,
            advance=step,
            say=console.print,
        )
    print_report(report)
    return SET_ASIDE if report.refused or (options.strict and report.quarantined) else PUBLISHED


def _sample(options: argparse.Namespace) -> int:
    from warehouse.sample import generate

    if current() and options.if_missing:
        return PUBLISHED
    check_policies()
    with tempfile.TemporaryDirectory() as scratch, steps() as step:
        folder = generate(
            Path(options.keep or scratch), scale=options.scale, seed=options.seed, until=options.until, progress=step
        )
        report = load([folder], "native", wait=options.wait, fresh=True, advance=step, say=console.print)
    if served := current():
        served.with_name("SAMPLE").write_text(served.name, encoding="utf-8")  # what is made up says so
    print_report(report)
    return PUBLISHED


def _status(options: argparse.Namespace) -> int:
    found = state.status()
    if options.json:
        print(state.as_json(found))
    else:
        print_status(found)
    return PUBLISHED


def _rejects(options: argparse.Namespace) -> int:
    rows = state.rejects(table=options.table, rule=options.rule, limit=options.limit)
    if options.format == "json":
        print(state.as_json(rows))
        return PUBLISHED
    names = ["file", "row_number", "table_name", "column_name", "value", "rule", "reason", "raw"]
    writer = csv.DictWriter(sys.stdout, names, extrasaction="ignore")
    writer.writeheader()
    for row in rows:
        told = reason("en", row["table_name"], row["column_name"], row["rule"], row["value"], row["detail"])
        writer.writerow({**row, "reason": told})
    return PUBLISHED


def _rollback(_: argparse.Namespace) -> int:
    left, served = rollback(warehouse_folder())
    console.print(f"Serving {served.stem} again (was {left.stem}).")
    return PUBLISHED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m warehouse", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    into = commands.add_parser("load", help="load files or folders and publish a new version")
    into.add_argument(
        "files", nargs="+", metavar="FILE", help="a file or folder: CSV, Parquet, XLSX, JSON lines, or .gz"
    )
    into.add_argument("--mapping", default="native", help=f"a name ({', '.join(available())}) or a .toml file")
    into.add_argument("--fresh", action="store_true", help="start anew: leave what was loaded before out")
    into.add_argument("--strict", action="store_true", help="exit with 3 when rows were set aside")
    into.set_defaults(run=_load)
    sample = commands.add_parser("sample", help="make a believable company and publish it instead of what is there")
    sample.add_argument("--scale", type=float, default=1, help="size: 1 is about 6,000 customers")
    sample.add_argument("--seed", type=int, default=20240101)
    sample.add_argument("--until", type=date.fromisoformat, help="last day of the data (default: yesterday)")
    sample.add_argument("--keep", metavar="FOLDER", help="keep the generated CSV files here")
    sample.add_argument("--if-missing", action="store_true", help="do nothing when a warehouse is published already")
    sample.set_defaults(run=_sample)
    for command in (into, sample):
        command.add_argument("--wait", type=float, default=600, help="seconds to wait for another load")
    shown = commands.add_parser("status", help="version, rows, ledgers")
    shown.add_argument("--json", action="store_true")
    shown.set_defaults(run=_status)
    aside = commands.add_parser("rejects", help="rows in quarantine, with the reason")
    aside.add_argument("--table")
    aside.add_argument("--rule")
    aside.add_argument("--limit", type=int)
    aside.add_argument("--format", choices=("csv", "json"), default="csv")
    aside.set_defaults(run=_rejects)
    commands.add_parser("rollback", help="serve the previous version again").set_defaults(run=_rollback)
    return parser


if __name__ == "__main__":
    sys.exit(main())
