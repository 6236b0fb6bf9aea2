"""The websocket of the real server has Nagle's algorithm switched off."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor

import uvicorn
from starlette.types import Receive, Scope, Send
from websockets.asyncio.client import connect

from ui.promptness import SendAtOnce


async def _is_prompt() -> bool:
    """Serve one websocket the way Streamlit does and look at its socket from the inside."""
    seen: list[int] = []

    async def endpoint(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            return
        opened = send.__self__.transport.get_extra_info("socket")  # type: ignore[attr-defined]
        seen.append(opened.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close"})

    # Like Streamlit: a socket made without naming the protocol.
    with socket.socket(socket.AF_INET) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        config = uvicorn.Config(
            SendAtOnce(endpoint), ws="websockets-sansio", lifespan="off", log_level="error"
        )
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        async with connect(f"ws://127.0.0.1:{listening.getsockname()[1]}/"):
            pass
        server.should_exit = True
        await serving
    return seen == [1]


def test_messages_are_sent_at_once() -> None:
    # A browser test that ran in this process leaves its event loop running in this thread: take another.
    with ThreadPoolExecutor(1) as apart:
        assert apart.submit(lambda: asyncio.run(_is_prompt())).result(60)
