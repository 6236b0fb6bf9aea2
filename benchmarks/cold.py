"""The first page of a cold process: the county's overview against an empty Streamlit page."""

import asyncio

from benchmarks.client import Drawn, Session
from benchmarks.county import BUILD, complete, dashboard
from benchmarks.results import Result, middle, milliseconds, show
from tests.served import served

STARTS = 3
FACTOR = 3


async def _first(url: str, address: str) -> Drawn:
    async with Session(url) as tab:
        return await tab.draw(address)


def overview() -> float:
    """Seconds of the first run of the overview in a new process."""
    with dashboard("cold") as running:
        # A browser is sent on to the complete address first; that is part of the first page.
        address = asyncio.run(complete(running.url, "/"))
        return asyncio.run(_first(running.url, address)).seconds


def empty() -> float:
    """Seconds of the first run of a page with nothing on it."""
    with served("sqlite://", BUILD / "empty.log", script="benchmarks/empty.py") as running:
        return asyncio.run(_first(running.url, "/")).seconds


def main() -> bool:
    """Measure and print. Whether the limit held."""
    ours = middle([overview() for _ in range(STARTS)])
    nothing = middle([empty() for _ in range(STARTS)])
    held = ours <= FACTOR * nothing
    result = Result(
        "first overview of a cold process",
        f"{milliseconds(ours)}; empty page {milliseconds(nothing)}; ratio {ours / nothing:.1f}",
        f"≤ {FACTOR} × the empty page",
        held,
    )
    return show("First page of a cold process", [result])


if __name__ == "__main__":
    main()
