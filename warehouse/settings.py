"""The team's settings and where the project's files lie."""

import os
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from warehouse.errors import LoadError
from warehouse.toml_hints import told

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
POLICY = DATA / "policy"


@dataclass(frozen=True)
class Settings:
    """``data/policy/settings.toml``: the team's zone, currency, holiday country and versions kept."""

    timezone: str = "UTC"
    currency: str = ""
    holidays: str = ""
    keep_versions: int = 3


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file. Raises LoadError naming the file, and, of what is no TOML, what is missing where."""
    try:
        text = path.read_text(encoding="utf-8")
        return tomllib.loads(text)
    except FileNotFoundError:
        raise LoadError(f"{path.name}: there is no such file in {path.parent}.") from None
    except UnicodeDecodeError as error:
        raise LoadError(f"{path.name}: not valid TOML: {error}; save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise LoadError(f"{path.name}: not valid TOML: {told(error, text)}.") from None


def check_zone(name: str, where: str) -> str:
    """``name`` if it is a known time zone; raises LoadError naming ``where`` otherwise."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise LoadError(f"{where}: “{name}” is not a time zone; write one such as “Europe/Paris”.") from None
    return name


def settings(path: Path = POLICY / "settings.toml") -> Settings:
    """The team's settings; the environment's ``TEAM_TIMEZONE`` wins over the file's time zone."""
    given = read_toml(path)
    if unknown := given.keys() - {field.name for field in fields(Settings)}:
        raise LoadError(f"{path.name}: unknown setting {', '.join(sorted(unknown))}.")
    found = Settings(**given)
    if zone := os.environ.get("TEAM_TIMEZONE"):
        found = replace(found, timezone=zone)
    check_zone(found.timezone, path.name)
    return found


def warehouse_folder() -> Path:
    """Where the warehouse is published: ``WAREHOUSE_DIR``, by default ``data/warehouse``."""
    return Path(os.environ.get("WAREHOUSE_DIR") or DATA / "warehouse")
