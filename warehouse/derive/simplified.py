"""Chinese in simplified characters, whichever its writer uses: what is said counts, not how it is written.

Texts are brought into the form of the policies' words, never the other way round: of one simplified word there are
several traditional ones (哪裡 and 哪裏), and no converter knows which of them a writer takes.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import duckdb
import pyarrow as pa
from duckdb.func import PythonUDFType
from duckdb.sqltypes import VARCHAR
from opencc import OpenCC


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplified(texts: Sequence[str]) -> list[str]:
    """The same texts in simplified characters; there must be no line breaks in them."""
    return str(_converter().convert("\n".join(texts))).split("\n") if texts else []


def create_simplified(con: duckdb.DuckDBPyConnection) -> None:
    """The function ``simplified(text)`` for SQL on this connection."""

    def convert(texts: Any) -> pa.Array:
        return pa.array(simplified(texts.to_pylist()), pa.string())

    con.create_function("simplified", convert, [VARCHAR], VARCHAR, type=PythonUDFType.ARROW)
