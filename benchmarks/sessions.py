"""Many readers at once on one server process of this machine: how long a change of filters takes until the script ends.

Bounded in number and time; the readers run their page's timers too, as open pages do.
"""

import asyncio
import random
import time
from contextlib import AsyncExitStack

from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from benchmarks.measure import Row, View, percentile, views
from benchmarks.readers import PATIENCE, Reader
from benchmarks.samples import Sample
from benchmarks.server import OURS, Server, serving
from ui import labels
from ui.period import PERIODS

READERS, SECONDS, EVERY = 50, 60, 5
VIEWS = 40
"""The readers share so many views per page: some come to one that somebody has already asked for."""
PAGES = ("", "service-levels")
_Timed = tuple[bool, float]
"""Was the view new to the server, and milliseconds."""


def measure(sample: Sample) -> list[Row]:
    """One row for views that were new to the server, one for those asked for before, one for all."""
    with serving(OURS, sample.environment) as server:
        empty = server.memory()
        timed = asyncio.run(_all(server))
        full = server.memory()
    groups = {
        "new": [took for new, took in timed if new],
        "asked before": [took for new, took in timed if not new],
        "all": [took for _, took in timed],
    }
    return [_row(name, times, empty, full) for name, times in groups.items()]


def _row(name: str, times: list[float], empty: float | None, full: float | None) -> Row:
    return {
        "answers": name,
        "changes": len(times),
        "p50": percentile(times, 0.5),
        "p95": percentile(times, 0.95),
        "in_vain": sum(took >= PATIENCE * 1000 for took in times),
        "memory_before": empty,
        "memory_after": full,
    }


async def _all(server: Server, readers: int = READERS, seconds: float = SECONDS) -> list[_Timed]:
    """Open all sessions one after the other, then let them change filters for the given time."""
    async with AsyncExitStack() as stack:
        opened: list[tuple[str, Reader]] = []
        for place in range(readers):
            page = PAGES[place % len(PAGES)]
            opened.append((page, await _open(stack, server, page)))
        pool = views(_choices(opened[0][1]), VIEWS)
        seen: set[tuple[str, int]] = set()
        until = time.monotonic() + seconds
        work = [_read(place, page, reader, pool, seen, until) for place, (page, reader) in enumerate(opened)]
        return [timed for found in await asyncio.gather(*work) for timed in found]


async def _open(stack: AsyncExitStack, server: Server, page: str) -> Reader:
    address = f"ws://127.0.0.1:{server.port}/_stcore/stream"
    # A server with more work than it can do answers no pings in time; that must show in the figures, not end the run.
    socket = await stack.enter_async_context(
        connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None, ping_interval=None, close_timeout=1)
    )
    reader = Reader(socket, page)
    stack.push_async_callback(reader.close)
    await reader.open()
    return reader


def _choices(reader: Reader) -> dict[str, list[str]]:
    """What the sidebar offers, in the words it uses; "not given" is left out, for it is no word of its own."""
    periods = [labels.choice("en", "period", name) for name in PERIODS if name != "custom"]
    given = {name: [value for value in values if value != "—"] for name, values in reader.options.items()}
    return {**given, "period": periods}


async def _read(
    place: int, page: str, reader: Reader, pool: list[View], seen: set[tuple[str, int]], until: float
) -> list[_Timed]:
    """One reader: another view every few seconds, at moments of its own; it leaves when it waits in vain."""
    draw = random.Random(place)
    timed: list[_Timed] = []
    turn = time.monotonic() + draw.random() * EVERY
    while turn < until:
        await asyncio.sleep(max(0.0, turn - time.monotonic()))
        chosen = draw.randrange(len(pool))
        new = (page, chosen) not in seen
        seen.add((page, chosen))
        try:
            timed.append((new, await reader.choose(pool[chosen])))
        except TimeoutError:
            timed.append((new, PATIENCE * 1000))
            break
        turn = max(turn + EVERY, time.monotonic())
    return timed
