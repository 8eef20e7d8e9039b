"""Results as tables: kept in results.json, printed, and written into README.md between their markers."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.machine import machine
from benchmarks.measure import Row

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Part:
    """One table: its columns as (key in the rows, heading, format)."""

    columns: Sequence[tuple[str, str, str]]


_ANSWERS = (("answers", "answers", ""), ("changes", "changes", ","))
PARTS: Mapping[str, Part] = {
    "pages": Part(
        (
            ("page", "page", ""),
            ("sql", "SQL ms", ",.0f"),
            ("script", "script ms", ",.0f"),
            ("slowest", "slowest ms", ",.0f"),
            ("over_sql", "script − SQL ms", ",.0f"),
            ("floor", "floor ms", ",.0f"),
            ("ratio", "script / floor", ".2f"),
        )
    ),
    "load": Part(
        (
            ("rows", "rows", ","),
            ("rate", "rows/s", ",.0f"),
            ("ours", "load s", ",.1f"),
            ("plain", "plain s", ",.1f"),
            ("wall_ratio", "load / plain", ".2f"),
            ("cpu_ratio", "same, CPU", ".2f"),
        )
    ),
    "clocks": Part(
        (
            ("tickets", "tickets", ","),
            ("ours", "with clocks s", ",.2f"),
            ("plain", "tickets alone s", ",.2f"),
            ("ratio", "with / alone", ".2f"),
        )
    ),
    "months": Part(
        (
            ("months", "customer-months", ","),
            ("ours", "all of them CPU s", ",.1f"),
            ("plain", "tiers alone CPU s", ",.1f"),
            ("ratio", "all / tiers", ".2f"),
            ("million", "CPU s a million", ",.1f"),
        )
    ),
    "texts": Part(
        (
            ("texts", "texts", ","),
            ("different", "different", ","),
            ("rate", "different texts/s", ",.0f"),
            ("cpu", "CPU s", ",.1f"),
            ("share", "of the load", ".0%"),
            ("complaints", "complaint texts", ","),
            ("frequent", "frequent ms", ",.0f"),
            ("rising", "rising ms", ",.0f"),
            ("filtered", "rising, filtered ms", ",.0f"),
            ("rest", "here / rest ms", ",.0f"),
            ("tiers", "tier / tier ms", ",.0f"),
            ("limited", "the same, limited ms", ",.0f"),
            ("pools", "complaints / all ms", ",.0f"),
        )
    ),
    "browser": Part(
        (*_ANSWERS, ("ours", "ours ms", ",.0f"), ("naive", "naive ms", ",.0f"), ("ratio", "ours / naive", ".2f"))
    ),
    "sessions": Part(
        (
            *_ANSWERS,
            ("p50", "p50 ms", ",.0f"),
            ("p95", "p95 ms", ",.0f"),
            ("in_vain", "gave up after 30 s", ","),
            ("memory_before", "MB before", ",.0f"),
            ("memory_after", "MB after", ",.0f"),
        )
    ),
}


def cell(value: Any, how: str) -> str:
    """One value as the table shows it; a dash where there is none."""
    return "–" if value is None else format(value, how)


def table(part: str, found: Mapping[str, Mapping[str, Any]]) -> str:
    """The Markdown table of one part: ``found`` is scale -> when it was measured, and rows."""
    columns = PARTS[part].columns
    head = ["scale", *(heading for _, heading, _ in columns), "measured on"]
    return "\n".join(_line(cells) for cells in (head, ["---"] * len(head), *_cells(part, found)))


def _cells(part: str, found: Mapping[str, Mapping[str, Any]]) -> Iterator[list[str]]:
    for scale in sorted(found, key=float):
        for row in found[scale]["rows"]:
            shown = [cell(row.get(key), how) for key, _, how in PARTS[part].columns]
            yield [f"{scale}x", *shown, found[scale]["day"]]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def keep(part: str, scale: float, rows: list[Row], folder: Path = FOLDER) -> str:
    """Put new rows in place of the part's old ones at this scale; returns the table.

    Results of another machine are dropped: they cannot stand beside these.
    """
    file, here = folder / "results.json", machine()
    stored = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    parts = stored["parts"] if stored.get("machine") == here else {}
    parts.setdefault(part, {})[f"{scale:g}"] = {"day": date.today().isoformat(), "rows": rows}
    file.write_text(json.dumps({"machine": here, "parts": parts}, indent=1) + "\n", encoding="utf-8")
    _write(folder / "README.md", here, parts)
    return table(part, parts[part])


def _write(readme: Path, here: Mapping[str, str], parts: Mapping[str, Any]) -> None:
    text = readme.read_text(encoding="utf-8")
    text = _between(text, "machine", " · ".join(f"{name} {value}" for name, value in here.items()))
    for part in PARTS:
        text = _between(text, part, table(part, parts[part]) if part in parts else "Not measured on this machine yet.")
    readme.write_text(text, encoding="utf-8")


def _between(text: str, marker: str, content: str) -> str:
    """``text`` with ``content`` between the marker's two comments."""
    start, end = f"<!-- {marker} -->", f"<!-- /{marker} -->"
    pattern = re.compile(f"{re.escape(start)}.*?{re.escape(end)}", re.DOTALL)
    return pattern.sub(lambda _: f"{start}\n{content}\n{end}", text)
