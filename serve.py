"""The server: `streamlit run serve.py`. Warmed up before the first reader comes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from ui import warm


@asynccontextmanager
async def ready(_: st.App) -> AsyncIterator[None]:
    """Everything the first page needs, before the first request."""
    warm.start()
    yield


app = st.App("app.py", lifespan=ready)
