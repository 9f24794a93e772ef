"""A visitor without a browser: asks the server to run a page and waits until it has been sent whole."""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


@dataclass(frozen=True)
class Visitor:
    """One open session."""

    socket: websockets.ClientConnection

    async def run(self, page: str, query: str = "") -> float:
        """Seconds from asking for a run of a page (its url_path, "" for the first) to its end."""
        message = BackMsg()
        message.rerun_script.page_name = page
        message.rerun_script.query_string = query
        begin = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(await self.socket.recv())
            if answer.WhichOneof("type") == "script_finished":
                return time.perf_counter() - begin


@contextlib.asynccontextmanager
async def visitor(address: str) -> AsyncIterator[Visitor]:
    """A session on the server at that address (http://127.0.0.1:port)."""
    stream = address.replace("http://", "ws://") + "/_stcore/stream"
    async with websockets.connect(stream, subprotocols=["streamlit"], max_size=None, open_timeout=60) as socket:
        yield Visitor(socket)
