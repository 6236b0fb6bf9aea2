"""A small client of Streamlit's websocket: what a browser says, without the browser."""

import asyncio
import html
import re
import time
import urllib.request
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 60.0


class PageFailedError(Exception):
    """The server drew an error instead of the page, or said that there is no such page."""


@dataclass(frozen=True)
class Drawn:
    """One run of a page: seconds until the server had finished, what it sent, the links on the page."""

    seconds: float
    messages: int
    octets: int
    links: tuple[str, ...] = ()


@dataclass
class _Received:
    """What has come of a page so far."""

    messages: int = 0
    octets: int = 0
    bodies: list[str] = field(default_factory=list)

    def links(self) -> tuple[str, ...]:
        """Every address of the application that the page's HTML links to, once each."""
        found = re.findall(r'href="(/[^"]*)"', "".join(self.bodies))
        return tuple(dict.fromkeys(html.unescape(link) for link in found))


class Session:
    """One browser tab: `async with Session(url) as tab: await tab.draw("/townships?y=2026")`."""

    def __init__(self, url: str) -> None:
        self.host = urlsplit(url).netloc
        self._socket: ClientConnection | None = None

    async def __aenter__(self) -> Self:
        self._socket = await connect(
            f"ws://{self.host}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=None,
            ping_interval=None,
            open_timeout=PATIENCE,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._socket is not None
        await self._socket.close()

    async def draw(self, address: str) -> Drawn:
        """Run the page at an address (path and query) and wait until it is drawn."""
        assert self._socket is not None
        parts = urlsplit(address)
        wish = BackMsg(
            rerun_script=ClientState(query_string=parts.query, page_name=parts.path.strip("/"))
        ).SerializeToString()
        started = time.perf_counter()
        await self._socket.send(wish)
        async with asyncio.timeout(PATIENCE):
            received = await self._until_finished(address)
        seconds = time.perf_counter() - started
        return Drawn(seconds, received.messages, received.octets, received.links())

    async def _until_finished(self, address: str) -> _Received:
        assert self._socket is not None
        received = _Received()
        while True:
            raw = await self._socket.recv(decode=False)
            message = ForwardMsg.FromString(raw)
            received.messages += 1
            received.octets += len(raw)
            kind = message.WhichOneof("type")
            if kind == "page_not_found":
                raise PageFailedError(f"no such page: {address}")
            if kind == "delta":
                element = message.delta.new_element
                if element.WhichOneof("type") == "exception":
                    raise PageFailedError(f"{address}: {element.exception.message}")
                if element.WhichOneof("type") == "html":
                    received.bodies.append(element.html.body)
            if kind == "script_finished":
                return received


async def visit(url: str, address: str) -> Drawn:
    """What following a link costs: the document, a session of its own, one run. The session is closed."""
    started = time.perf_counter()
    await asyncio.to_thread(fetch, url + address)
    async with Session(url) as tab:
        drawn = await tab.draw(address)
    return replace(drawn, seconds=time.perf_counter() - started)


def fetch(address: str) -> bytes:
    """The document at an address, as the browser asks for it first."""
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        return bytes(answer.read())


def final_address(address: str) -> str:
    """The path and query that the server sends a browser on to."""
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        parts = urlsplit(answer.url)
    return f"{parts.path}?{parts.query}"
