"""``python -m queries``: list the questions, print one as SQL to paste, or run it.

Exit codes: 0 answered, 1 no warehouse or the engine failed, 2 asked wrongly.
"""

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from datetime import date

import pyarrow as pa

from queries.catalogue import Param, Question, Value, question, questions
from queries.engine import ask, options
from queries.errors import AskError, BadQuestion, BadScope
from queries.render import render
from queries.scope import DIMENSIONS, NOT_GIVEN, Scope
from queries.suggest import nearest


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    given = _parser().parse_args(arguments)
    try:
        if given.name is None:
            _list()
        else:
            _answer(given)
    except (BadQuestion, BadScope) as error:
        return _fail(error, 2)
    except AskError as error:
        return _fail(error, 1)
    except BrokenPipeError:  # the reader has seen enough
        sys.stderr.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m queries", description="Ask the published warehouse.")
    parser.add_argument("name", nargs="?", help="a question; without one, all are listed")
    parser.add_argument("params", nargs="*", metavar="name=value", help="parameters of the question")
    parser.add_argument("--run", action="store_true", help="print the rows instead of the SQL")
    parser.add_argument("--format", choices=("csv", "json"), default="csv", help="how rows are printed (default: csv)")
    parser.add_argument("--start", type=_day, metavar="YYYY-MM-DD", help="first day of the period")
    parser.add_argument("--end", type=_day, metavar="YYYY-MM-DD", help="last day of the period")
    for dimension in DIMENSIONS:
        note = f"only this {dimension}; repeat for several, {NOT_GIVEN} for rows without one"
        parser.add_argument(f"--{dimension}", action="append", default=[], metavar="VALUE", help=note)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day like 2026-01-31") from None


def _fail(error: Exception, code: int) -> int:
    print(f"queries: {error}", file=sys.stderr)
    return code


def _list() -> None:
    width = max(map(len, questions()))
    for name, asked in questions().items():
        print(f"{name:{width}}  {asked.doc.splitlines()[0]}")


def _answer(given: argparse.Namespace) -> None:
    asked = question(given.name)
    params = _params(asked, given.params)
    scope = _scope(given)
    if given.run:
        _print_rows(ask(asked.name, scope, **params), given.format)
    else:
        print(render(asked.name, scope, **params), end="")


def _scope(given: argparse.Namespace) -> Scope:
    filters = tuple((dimension, tuple(getattr(given, dimension))) for dimension in DIMENSIONS)
    scope = Scope(given.start, given.end, filters)
    for dimension, values in scope.filters:
        known = options(dimension)
        if strange := [value for value in values if value not in known]:
            raise BadScope(f"no row has the {dimension} {strange[0]!r}" + nearest(strange[0], known))
    return scope


def _params(asked: Question, stated: Sequence[str]) -> dict[str, Value]:
    """``name=value`` words as parameters, in the type that the question declares."""
    found: dict[str, Value] = {}
    for word in stated:
        name, equals, text = word.partition("=")
        if not equals:
            raise BadQuestion(f"{asked.name}: write parameters as name=value, not {word!r}")
        param = asked.params.get(name)
        found[name] = text if param is None else _typed(asked, param, text)
    return found


def _typed(asked: Question, param: Param, text: str) -> Value:
    try:
        return param.read(text)
    except ValueError:
        raise BadQuestion(f"{asked.name}: {param.name} must be {param.kind}, not {text!r}") from None


def _print_rows(answer: pa.Table, form: str) -> None:
    if form == "json":
        print(json.dumps(answer.to_pylist(), ensure_ascii=False, default=str, indent=1))
        return
    writer = csv.DictWriter(sys.stdout, answer.column_names)
    writer.writeheader()
    writer.writerows(answer.to_pylist())


if __name__ == "__main__":
    sys.exit(main())
