"""The same questions as ours, asked in plain SQL each time and handed on as pandas frames.

In this page's favour: one connection for all readers, and query texts that were put together before.
"""

import pandas as pd

from queries import Scope
from queries.catalogue import Value, question
from queries.compose import compose
from queries.served import serving


def answer(name: str, scope: Scope, **params: Value) -> pd.DataFrame:
    """The answer to a question under a scope."""
    arguments = question(name).arguments(params)
    composed = compose(name, scope, arguments)
    with serving() as version:
        known = {**version.meta.parameters, **scope.values, **arguments}
        values = {key: known[key] for key in composed.names}
        found: pd.DataFrame = version.cursor().execute(composed.sql, values).df()
    return found
