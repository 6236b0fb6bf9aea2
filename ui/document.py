"""The document that every page starts as: Streamlit's, with our language, title, words and typeface.

What it says is read before any script runs: by a screen reader, by a browser that offers to translate,
by whoever waits on a slow line.
"""

import re
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import parse_qs

import streamlit
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.fonts import style_sheet
from ui.registry import PATHS
from ui.words import words_of

HTML_LANG = {"zh": "zh-CN", "en": "en"}


def index_page() -> str:
    """Streamlit's own index page, as it is installed."""
    return (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")


@cache
def document(lang: str, root: str) -> str:
    """The document in a language (zh or en) for an application served under `root` (empty at the top)."""
    words = words_of(lang)
    link = f'<link rel="stylesheet" href="{escape(root + style_sheet())}">'
    changes = {
        r'<html lang="[^"]*">': f'<html lang="{HTML_LANG[lang]}">',
        r"<title>[^<]*</title>": f"<title>{escape(words('app.title'))}</title>{link}",
        r"<noscript>.*?</noscript>": f"<noscript><p>{escape(words('app.needs_script'))}</p></noscript>",
        # Streamlit's own typeface, which the theme does not use.
        r'<link\s+rel="preload"[^>]*as="font"[^>]*>': "",
    }
    page = index_page()
    for pattern, text in changes.items():
        page = re.sub(pattern, text.replace("\\", r"\\"), page, count=1, flags=re.DOTALL)
    return page


class OwnDocument:
    """Answer a page's address with our document; everything else goes on to Streamlit."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the document of the language that the address names."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] not in PATHS:
            await self.app(scope, receive, send)
            return
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", ["zh"])[0]
        page = document(asked if asked in HTML_LANG else "zh", scope.get("root_path", ""))
        await HTMLResponse(page, headers={"cache-control": "no-cache"})(scope, receive, send)
