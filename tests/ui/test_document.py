"""The document that a page starts as, and the typeface beside it, asked over HTTP without a browser."""

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Message

from ui.document import NO_PAGE
from ui.door import MIDDLEWARE, ROUTES

FRAME = "y=2026&asof=2026-10-31"


@dataclass
class Answer:
    """One answer of the application."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


Get = Callable[..., Answer]


@pytest.fixture(scope="module")
def get() -> Get:
    """Ask the door before an application that only says that it was reached: `get(path, method="GET")`."""
    inner = Route("/{path:path}", lambda _: PlainTextResponse("inner"))
    app = Starlette(routes=[*ROUTES, inner], middleware=MIDDLEWARE)

    async def ask(address: str, method: str) -> Answer:
        path, _, query = address.partition("?")
        heard: list[Message] = []
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": [],
        }

        async def receive() -> Message:
            await asyncio.sleep(60)
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            heard.append(message)

        await app(scope, receive, send)
        headers = {name.decode(): value.decode() for name, value in heard[0]["headers"]}
        return Answer(heard[0]["status"], headers, b"".join(each.get("body", b"") for each in heard[1:]))

    def get_apart(address: str, method: str = "GET") -> Answer:
        # A browser test that ran in this process leaves its event loop running in this thread: take another.
        with ThreadPoolExecutor(1) as apart:
            return apart.submit(lambda: asyncio.run(ask(address, method))).result()

    return get_apart


@pytest.mark.parametrize(
    ("query", "lang"), [("", "zh-CN"), ("&lang=zh", "zh-CN"), ("&lang=en", "en"), ("&lang=<b>", "zh-CN")]
)
@pytest.mark.parametrize("path", ["/", "/figure", "/reporting"])
def test_a_page_says_its_language_before_any_script_runs(get: Get, path: str, query: str, lang: str) -> None:
    answer = get(f"{path}?{FRAME}{query}")
    assert answer.headers["cache-control"] == "no-cache"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    page = answer.text
    assert re.findall(r'<html lang="(.*?)">', page) == [lang]
    title, unscripted = re.findall(r"<title>(.*?)</title>|<noscript>(.*?)</noscript>", page, re.DOTALL)
    assert title[0] and unscripted[1]
    for words in (title[0], unscripted[1]):
        assert "Streamlit" not in words and ("序时" in words or "浏览器" in words) == (lang == "zh-CN")
    assert '<div id="root"></div>' in page and 'type="module"' in page


def test_what_is_no_page_goes_on(get: Get) -> None:
    assert get("/static/js/x.js").text == "inner"
    assert get(f"/?{FRAME}", "POST").status == 405


@pytest.mark.parametrize(("query", "said"), [("", "没有这个页面"), ("?lang=en", "no such page")])
def test_an_address_that_is_no_page_says_so(get: Get, query: str, said: str) -> None:
    answer = get(f"/nonsense{query}")
    assert answer.status == 404 and said in answer.text
    assert f'href="/{query}"' in answer.text
    assert not NO_PAGE.fullmatch("/health") and get("/favicon.png").text == "inner"


def test_the_typeface_is_kept_for_ever_at_an_address_that_changes_with_it(get: Get) -> None:
    sheet = re.findall(r'href="(/fonts/[^"]+)"', get(f"/?{FRAME}").text)
    assert len(sheet) == 1
    css = get(sheet[0])
    assert css.headers["content-type"].startswith("text/css")
    files = set(re.findall(r"url\((.+?)\)", css.text))
    assert len(files) > 100
    for name in sorted(files):
        answer = get(sheet[0].replace("xs-sans.css", name))
        assert answer.headers["content-type"] == "font/woff2" and answer.content[:4] == b"wOF2"
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", ["/fonts/0/4.woff2", "/fonts/{v}/LICENSE", "/fonts/{v}/../typeface.py"])
def test_nothing_else_is_served_from_there(get: Get, path: str) -> None:
    sheet = re.findall(r'href="(/fonts/[^"]+)"', get(f"/?{FRAME}").text)[0]
    answer = get(path.replace("{v}", sheet.split("/")[2]))
    assert answer.status == 404 or answer.text == "inner"
