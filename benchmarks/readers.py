"""A reader without a browser: speaks Streamlit's websocket protocol, as the page in a browser would."""

import asyncio
import time
from contextlib import suppress

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection

from benchmarks.measure import View
from queries import DIMENSIONS

PATIENCE = 30
"""Seconds after which a reader gives up."""


class Reader:
    """One session on one page. It knows the widgets of the page, and runs its timers as a browser does."""

    def __init__(self, socket: ClientConnection, page: str) -> None:
        self._socket, self._page = socket, page
        self._hash = ""
        self._ids: dict[str, str] = {}
        self._states: dict[str, WidgetState] = {}
        self._finished: asyncio.Future[None] | None = None
        self._timers: list[asyncio.Task[None]] = []
        self._listening = asyncio.create_task(self._listen())
        self.options: dict[str, list[str]] = {}
        self.texts: list[str] = []

    async def open(self) -> float:
        """The first run; its milliseconds."""
        return await self._run(page_name=self._page)

    async def choose(self, view: View) -> float:
        """Change the sidebar to ``view``; the milliseconds from the request to the end of the script."""
        for name in DIMENSIONS:
            if name in self._ids:
                state = WidgetState(id=self._ids[name])
                state.string_array_value.data.extend([view[name]] if name in view else [])
                self._states[name] = state
        self._states["period"] = WidgetState(id=self._ids["period"], string_value=view["period"])
        took = await self._run(page_script_hash=self._hash)
        shown = "\n".join(self.texts)
        if any(value not in shown for name, value in view.items() if name in self._ids and name != "period"):
            raise RuntimeError(f"the page does not show what was chosen: {view}")
        return took

    async def close(self) -> None:
        """End the session."""
        for task in (self._listening, *self._timers):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await self._socket.close()

    async def _run(self, **state: str) -> float:
        self.texts.clear()
        self._finished = asyncio.get_running_loop().create_future()
        started = time.perf_counter()
        await self._request(**state)
        await asyncio.wait_for(self._finished, PATIENCE)
        return (time.perf_counter() - started) * 1000

    async def _request(self, **state: str | bool) -> None:
        message = BackMsg()
        for name, value in state.items():
            setattr(message.rerun_script, name, value)
        message.rerun_script.widget_states.widgets.extend(self._states.values())
        await self._socket.send(message.SerializeToString())

    async def _listen(self) -> None:
        try:
            async for data in self._socket:
                if isinstance(data, bytes):
                    self._take(ForwardMsg.FromString(data))
        except Exception as error:
            self._finish(error)

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "delta":
            self._see(message.delta)
        elif kind == "new_session":
            self._begin(message)
        elif kind == "auto_rerun":
            timer = self._beat(message.auto_rerun.fragment_id, message.auto_rerun.interval)
            self._timers.append(asyncio.create_task(timer))
        elif kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
            self._finish()

    def _begin(self, message: ForwardMsg) -> None:
        """A run of the whole script sets its timers anew."""
        self._hash = message.new_session.page_script_hash
        if not message.metadata.run.fragment_ids:
            for timer in self._timers:
                timer.cancel()
            self._timers.clear()

    def _finish(self, error: Exception | None = None) -> None:
        if self._finished is None or self._finished.done():
            return
        if error:
            self._finished.set_exception(error)
        else:
            self._finished.set_result(None)

    def _see(self, delta: Delta) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "markdown":
            self.texts.append(element.markdown.body)
        elif kind in ("multiselect", "selectbox"):
            widget = element.multiselect if kind == "multiselect" else element.selectbox
            name = widget.id.rsplit("-", 1)[-1]
            self._ids[name], self.options[name] = widget.id, list(widget.options)

    async def _beat(self, fragment: str, seconds: float) -> None:
        while True:
            await asyncio.sleep(seconds)
            await self._request(fragment_id=fragment, is_auto_rerun=True, page_script_hash=self._hash)
