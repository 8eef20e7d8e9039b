"""``python -m benchmarks 1 10 100``: measure at these scales, print the tables and write them into README.md."""

import argparse
import signal
import sys
from collections.abc import Callable, Mapping

from benchmarks import browser, clocks, load, months, pages, sessions, texts
from benchmarks.measure import Row
from benchmarks.report import keep
from benchmarks.samples import Sample, files, sample
from tests import browser_setup

MEASURES: Mapping[str, Callable[[Sample], list[Row]]] = {
    "pages": pages.measure,
    "load": load.measure,
    "clocks": clocks.measure,
    "months": months.measure,
    "texts": texts.measure,
    "browser": browser.measure,
    "sessions": sessions.measure,
}


FILES_ALONE = {"texts"}
"""Parts that need no warehouse of the sample."""


def main() -> None:
    """Every part at every scale, or only some."""
    options = _options()
    # Ended from outside, it still ends the servers and the browser that it has started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    for scale in options.scales:
        for part in options.only or MEASURES:
            found = files(scale) if part in FILES_ALONE else sample(scale)
            if part == "browser" and (missing := browser_setup.missing()):
                print(f"{part} left out: {missing}")
                continue
            print(f"{part}, {scale:g}x ...", flush=True)
            print(keep(part, scale, MEASURES[part](found)), flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("scales", nargs="*", type=float, default=[1.0], help="sizes of the sample; 1 is 60,000 tickets")
    parser.add_argument("--only", action="append", choices=tuple(MEASURES), help="this part; may be given again")
    return parser.parse_args()


if __name__ == "__main__":
    main()
