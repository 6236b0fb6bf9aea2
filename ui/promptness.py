"""Send each message of a page the moment it is written.

Streamlit 1.67 binds its socket in a way that Python 3.11 does not recognise as TCP, and so leaves Nagle's
algorithm on: the second message of every run waits for the browser's delayed acknowledgement, about 40 ms.
"""

import socket

from starlette.types import ASGIApp, Receive, Scope, Send


class SendAtOnce:
    """Switch Nagle's algorithm off on every websocket; where the server hides its transport, change nothing."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Set the option when a websocket opens and pass everything on."""
        if scope["type"] == "websocket":
            transport = getattr(getattr(send, "__self__", None), "transport", None)
            opened = transport.get_extra_info("socket") if transport is not None else None
            if opened is not None and opened.family in (socket.AF_INET, socket.AF_INET6):
                opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await self.app(scope, receive, send)
