"""Mappings: one small TOML file each that turns an export's columns into ours."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from schemas import CONTRACTS, Contract
from warehouse.errors import LoadError
from warehouse.reading import Format
from warehouse.settings import DATA, check_zone, read_toml

FOLDER = DATA / "mappings"
_FORMAT_KEYS = {"format", "delimiter", "encoding", "replace", "sheet", "header", "columns"}
_READING_KEYS = {"timezone", "dates", "missing", "decimal"}


@dataclass(frozen=True)
class ColumnMap:
    """Where one of our columns comes from: a source column, or a constant ``value`` for every row."""

    ours: str
    source: str | None = None
    value: str | None = None
    format: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    default: str | None = None


@dataclass(frozen=True)
class TableMap:
    """One of our tables as a file brings it. ``columns`` None: taken by name.

    ``key`` "occurrence": rows have no key of their own and are told apart by content and how often it came before (a
    file that does bring the key's column is told apart by that).
    ``repeats`` "replace": a key that comes again in the file updates the row; "quarantine": the earlier row is bad.
    """

    table: str
    files: str = "*"
    key: str = "column"
    repeats: str = "quarantine"
    columns: tuple[ColumnMap, ...] | None = ()


@dataclass(frozen=True)
class SourceMap:
    """A whole mapping: how to read the files, and the tables they hold."""

    name: str
    title: str
    format: Format
    timezone: str | None
    dates: str | None
    missing: tuple[str, ...]
    decimal: str
    tables: tuple[TableMap, ...]

    def tables_of(self, path: Path) -> list[TableMap]:
        """The tables that ``path`` holds by its name; raises LoadError when none does."""
        found = [table for table in self.tables if fnmatch(path.name.lower(), table.files.lower())]
        if not found:
            expected = ", ".join(f"{table.files} ({table.table})" for table in self.tables)
            raise LoadError(
                f"{path.name}: mapping “{self.name}” does not know a file of this name; it expects {expected}. "
                f"Rename the file or choose another mapping ({', '.join(available())})."
            )
        return found


def available(folder: Path = FOLDER) -> list[str]:
    """Names of the mappings there are."""
    return sorted(path.stem for path in folder.glob("*.toml"))


def load_mapping(name: str, folder: Path = FOLDER) -> SourceMap:
    """The mapping called ``name``, or the one in the file ``name``. Raises LoadError if it is missing or wrong."""
    path = Path(name) if name.endswith(".toml") else folder / f"{name}.toml"
    if not path.is_file():
        raise LoadError(
            f"There is no mapping “{name}”.{_nearest(name, available(folder))} Known: {', '.join(available(folder))}."
        )
    given = read_toml(path)
    source = _expect_table(given.get("source", {}), path.name, "source")
    _refuse_unknown(source, _FORMAT_KEYS | _READING_KEYS, f"{path.name} [source]")
    tables = {key: value for key, value in given.items() if key not in ("title", "source")}
    _refuse_unknown(tables, CONTRACTS.keys(), path.name)
    if not tables:
        raise LoadError(f"{path.name}: no table is mapped; add one of {', '.join(CONTRACTS)}.")
    zone = source.get("timezone")
    return SourceMap(
        name=path.stem,
        title=given.get("title", path.stem),
        format=_format(source, path.name),
        timezone=check_zone(zone, path.name) if zone else None,
        dates=source.get("dates"),
        missing=tuple(source.get("missing", [""])),
        decimal=source.get("decimal", "."),
        tables=tuple(_table(name, table, path.name) for name, table in tables.items()),
    )


def _format(source: Mapping[str, Any], where: str) -> Format:
    given = {key: source[key] for key in _FORMAT_KEYS & source.keys()}
    if "format" in given:
        given["kind"] = given.pop("format")
    if "columns" in given:
        given["columns"] = tuple(given["columns"])
    try:
        return Format(**given)
    except (TypeError, ValueError) as error:
        raise LoadError(f"{where} [source]: {error}.") from None


def _table(name: str, given: Any, where: str) -> TableMap:
    place = f"{where} [{name}]"
    given = _expect_table(given, where, name)
    _refuse_unknown(given, {"files", "key", "repeats", "columns"}, place)
    _one_of(given.get("key", "column"), ("column", "occurrence"), f"{place} key")
    _one_of(given.get("repeats", "quarantine"), ("quarantine", "replace"), f"{place} repeats")
    contract = CONTRACTS[name]
    columns = given.get("columns", "same")
    maps = None if columns == "same" else _columns(contract, columns, place)
    table = TableMap(
        name, given.get("files", "*"), given.get("key", "column"), given.get("repeats", "quarantine"), maps
    )
    if maps is not None:
        _require(contract, table, {column.ours for column in maps}, place)
    return table


def _columns(contract: Contract, given: Any, place: str) -> tuple[ColumnMap, ...]:
    given = _expect_table(given, place, "columns")
    _refuse_unknown(given, contract.columns.keys(), f"{place} columns")
    return tuple(_column(ours, spec, f"{place} {ours}") for ours, spec in given.items())


def _column(ours: str, spec: Any, place: str) -> ColumnMap:
    if isinstance(spec, str):
        return ColumnMap(ours, source=spec)
    spec = _expect_table(spec, place, ours)
    _refuse_unknown(spec, {"from", "value", "format", "values", "default"}, place)
    if ("from" in spec) == ("value" in spec):
        raise LoadError(f"{place}: give either “from” (a column of the file) or “value” (the same for every row).")
    return ColumnMap(
        ours, spec.get("from"), spec.get("value"), spec.get("format"), spec.get("values", {}), spec.get("default")
    )


def _require(contract: Contract, table: TableMap, given: Iterable[str], where: str) -> None:
    needed = {name for name, column in contract.columns.items() if column.required}
    if table.key == "occurrence":
        needed.discard(contract.key)
    if missing := needed - set(given):
        raise LoadError(f"{where}: {contract.name} needs the column(s) {', '.join(sorted(missing))}.")


def resolve(table: TableMap, found: tuple[str, ...], file: str, mapping: str) -> tuple[ColumnMap, ...]:
    """The table's columns against a file's header; names match as written, else whatever their case and outer blanks.

    Raises LoadError naming the file, what was found and what was expected.
    """
    contract = CONTRACTS[table.table]
    header = {name.strip().casefold(): name for name in reversed(found)} | {name: name for name in reversed(found)}
    if table.columns is None:
        maps = tuple(ColumnMap(ours, source=header[ours]) for ours in contract.columns if ours in header)
        try:
            _require(contract, table, [column.ours for column in maps], file)
        except LoadError as error:
            raise LoadError(f"{error} Found: {_list(found)}. Mapping: {mapping}.") from None
        return maps
    return tuple(_found(column, header, file, mapping) for column in table.columns)


def _found(column: ColumnMap, header: Mapping[str, str], file: str, mapping: str) -> ColumnMap:
    if column.source is None:
        return column
    name = header.get(column.source) or header.get(column.source.strip().casefold())
    if name is None:
        known = list(dict.fromkeys(header.values()))
        raise LoadError(
            f"{file}: mapping “{mapping}” expects the column “{column.source}” (for {column.ours}), which is not there."
            f"{_nearest(column.source, known)} Found: {_list(reversed(known))}."
        )
    return ColumnMap(column.ours, name, None, column.format, column.values, column.default)


def _list(names: Iterable[str]) -> str:
    shown = [name if len(name) <= 40 else name[:39] + "…" for name in names]
    return ", ".join(shown[:20]) + (f" and {len(shown) - 20} more" if len(shown) > 20 else "") or "nothing"


def _nearest(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), 1)
    return f" Did you mean “{close[0]}”?" if close else ""


def _refuse_unknown(given: Mapping[str, Any], known: Iterable[str], where: str) -> None:
    for name in given:
        if name not in set(known):
            raise LoadError(
                f"{where}: unknown name “{name}”.{_nearest(name, known)} Known: {', '.join(sorted(known))}."
            )


def _expect_table(given: Any, where: str, name: str) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise LoadError(f"{where}: “{name}” must be a table of names and values.")
    return given


def _one_of(value: Any, allowed: tuple[str, ...], where: str) -> None:
    if value not in allowed:
        raise LoadError(f"{where}: “{value}” is not one of {', '.join(allowed)}.")
