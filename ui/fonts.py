"""Serves the typeface that ships, for browsers on machines without a Chinese font.

The style sheet only declares the slices: a browser asks for one when no installed font of the theme's
list has a character. The address holds a hash of the files, so they may be kept for ever.
"""

import hashlib
from functools import cache

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route

from notices.typeface import FOLDER, STYLE_SHEET

MEDIA_TYPES = {".css": "text/css", ".woff2": "font/woff2"}
FOR_EVER = {"cache-control": "public, max-age=31536000, immutable"}


@cache
def version() -> str:
    """A hash of every file of the typeface: another typeface has another address."""
    digest = hashlib.sha256()
    for name in sorted(_files()):
        digest.update(name.encode() + (FOLDER / name).read_bytes())
    return digest.hexdigest()[:12]


@cache
def _files() -> frozenset[str]:
    return frozenset(path.name for path in FOLDER.iterdir() if path.suffix in MEDIA_TYPES)


def style_sheet() -> str:
    """The address of the style sheet, from the application's root."""
    return f"/fonts/{version()}/{STYLE_SHEET}"


async def _file(request: Request) -> FileResponse:
    asked, name = request.path_params["version"], request.path_params["name"]
    if asked != version() or name not in _files():
        raise HTTPException(404)
    path = FOLDER / name
    return FileResponse(path, media_type=MEDIA_TYPES[path.suffix], headers=FOR_EVER)


ROUTE = Route("/fonts/{version}/{name}", _file)
