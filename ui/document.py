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

# One word that nobody answers to: not a file, not a route of Streamlit's or of ours.
NO_PAGE = re.compile(r"/(?!health$)[^/._][^/.]*")
FONTS = "'Microsoft YaHei','PingFang SC','Noto Sans CJK SC','XS Sans',sans-serif"
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


def no_page(lang: str, root: str) -> str:
    """What is said at an address that is no page: Streamlit would say it in English, over the overview."""
    words = words_of(lang)
    title, said, back = (escape(words(f"app.{key}")) for key in ("title", "no_page", "to_start"))
    home = escape(f"{root}/?lang={lang}" if lang != "zh" else f"{root}/")
    return (
        f'<!DOCTYPE html><html lang="{HTML_LANG[lang]}"><head><meta charset="UTF-8"><title>{title}</title>'
        f'<link rel="stylesheet" href="{escape(root + style_sheet())}"></head>'
        f'<body style="font: 18px {FONTS}; margin: 4em"><h1>{said}</h1>'
        f'<p><a href="{home}">{back}</a></p></body></html>'
    )


class OwnDocument:
    """Answer a page's address with our document; everything else goes on to Streamlit."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the document of the language that the address names."""
        is_asked = scope["type"] == "http" and scope["method"] == "GET"
        is_page = is_asked and scope["path"] in PATHS
        if not is_page and not (is_asked and NO_PAGE.fullmatch(scope["path"])):
            await self.app(scope, receive, send)
            return
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", ["zh"])[0]
        lang, root = asked if asked in HTML_LANG else "zh", scope.get("root_path", "")
        page = document(lang, root) if is_page else no_page(lang, root)
        headers = {"cache-control": "no-cache"}
        await HTMLResponse(page, 200 if is_page else 404, headers)(scope, receive, send)
