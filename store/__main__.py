"""``python -m store``: where the store lies and what is in it; bring it up to date; outreach for the sample company.

Exit codes: 0 done, 1 the store cannot be used, 2 wrong use.
"""

import argparse
import sys
from collections.abc import Sequence

from store import StoreError, snapshot
from store.books import BOOKS
from store.migrate import revision
from store.place import reading, url
from store.rules import as_policy


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m store", description=__doc__)
    parser.add_argument("command", nargs="?", choices=("show", "upgrade", "sample", "causes"), default="show")
    try:
        {"show": _show, "upgrade": _upgrade, "sample": _sample, "causes": _causes}[
            parser.parse_args(arguments).command
        ]()
    except StoreError as error:
        print(f"store: {error}", file=sys.stderr)
        return 1
    return 0


def _show() -> None:
    tables = snapshot().tables
    print(f"{url().render_as_string()}")
    for book in BOOKS:
        name = book.table.name
        print(f"{name}: {tables[name].num_rows:,}, entries: {tables[f'{name}_history'].num_rows:,}")


def _upgrade() -> None:
    """Opening it does it."""
    with reading() as connection:
        print(f"{url().render_as_string()} is at revision {revision(connection)}")


def _causes() -> None:
    """The policy of causes with the rules that people accepted, to take the place of ``data/policy/causes.toml``."""
    print(as_policy(snapshot().tables["accepted_rules"].to_pylist()), end="")


def _sample() -> None:
    from store.sample import make

    print(f"entries written: {make():,}")


if __name__ == "__main__":
    sys.exit(main())
