"""Routes and middleware around Streamlit: security headers, health, typeface, the address made complete.

A page's address always carries year and as-of day, so that a copied link means the same next year.
An address without them is sent on, before Streamlit sees it: a default filled in later by the page
would put a dead step into the browser's history.
"""

import base64
import hashlib
import re
from urllib.parse import parse_qsl, urlencode

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.document import OwnDocument, index_page
from ui.fonts import ROUTE as FONTS
from ui.promptness import SendAtOnce
from ui.registry import BY_KEY, MEETING, PATHS


def _inline_script_hashes() -> str:
    """Hashes of the inline scripts of Streamlit's own index page; they change with its version."""
    scripts = re.findall(r"<script>(.*?)</script>", index_page(), flags=re.DOTALL)
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)


SECURITY_HEADERS = {
    "content-security-policy": (
        f"default-src 'self'; script-src 'self' blob: {_inline_script_hashes()}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self'; worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'self'; "
        "form-action 'self'; object-src 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
}


class SecurityHeaders:
    """Set the security headers on every answer; replaced, not doubled, where Streamlit sets its own."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on and write the headers as the answer starts."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = {name.encode(): value.encode() for name, value in SECURITY_HEADERS.items()}
                kept = [pair for pair in message["headers"] if pair[0].lower() not in ours]
                message["headers"] = [*kept, *ours.items()]
            await send(message)

        await self.app(scope, receive, send_with_headers)


class CompleteAddress:
    """Send a page's address without year or as-of day on to the complete one."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Redirect an incomplete page address; leave everything else alone."""
        target = _completed(scope) if scope["type"] == "http" and scope["method"] == "GET" else None
        if target is None:
            await self.app(scope, receive, send)
            return
        await send(
            {
                "type": "http.response.start",
                "status": 307,
                "headers": [(b"location", target.encode()), (b"cache-control", b"no-store")],
            }
        )
        await send({"type": "http.response.body", "body": b""})


def _completed(scope: Scope) -> str | None:
    """The complete address, or None where it is complete, not a page, or no database can say the day."""
    # Imported here: the door must open, and say so, even where the database's own modules cannot load.
    from ui.defaults import default_frame
    from ui.meeting.moment import opened_now

    path = scope["path"]
    query = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
    is_opening = path == BY_KEY[MEETING].path and not query.get("known")
    if path not in PATHS or ({"y", "asof"} <= query.keys() and not is_opening):
        return None
    frame = default_frame(query.get("asof"))
    if frame is None:
        return None
    if is_opening:
        # A meeting keeps the figures of the moment it was opened, and that moment is in its address.
        opened = opened_now()
        if opened is None:
            return None
        query["known"] = opened
    return f"{scope.get('root_path', '')}{path}?{urlencode({**frame, **query})}"


async def _health(_: Request) -> JSONResponse:
    """Whether the database answers: for the administrator's monitor."""
    from ui.database import fault

    found = fault()
    return JSONResponse({"database": found or "ok"}, status_code=503 if found else 200)


ROUTES = [Route("/health", _health), FONTS]
MIDDLEWARE = [
    Middleware(SecurityHeaders),
    Middleware(CompleteAddress),
    Middleware(OwnDocument),
    Middleware(SendAtOnce),
]
