"""Memory of the server for each further session that stays open, and over many reruns."""

import asyncio
import random
from contextlib import AsyncExitStack
from pathlib import Path

from benchmarks.client import Session
from benchmarks.county import SEED, Mix, dashboard, explore
from benchmarks.results import Result, show

SESSIONS = 100
RERUNS = 1000
LIMIT_MEGABYTES = 2.0


def resident(pid: int) -> float:
    """Megabytes of memory that a process holds (Linux)."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise LookupError(f"no VmRSS for process {pid}")


async def _grow(url: str, pid: int, mix: Mix) -> tuple[float, float, float]:
    dice = random.Random(SEED)
    async with AsyncExitStack() as tabs:
        first = await tabs.enter_async_context(Session(url))
        # Fill the caches first: they belong to the process, not to a session.
        for views in mix.by_page.values():
            for address in views:
                await first.draw(address)
        before = resident(pid)
        for _ in range(SESSIONS):
            tab = await tabs.enter_async_context(Session(url))
            await tab.draw(mix.choose(dice))
        opened = resident(pid)
        for _ in range(RERUNS):
            await first.draw(mix.choose(dice))
        return before, opened, resident(pid)


def main() -> bool:
    """Measure and print. Whether the limit held."""
    with dashboard("memory") as running:
        mix = asyncio.run(explore(running.url))
        before, opened, rerun = asyncio.run(_grow(running.url, running.pid, mix))
    each = (opened - before) / SESSIONS
    return show(
        "Memory of the server",
        [
            Result("process with every page seen once", f"{before:.0f} MB"),
            Result(
                f"each further session, of {SESSIONS}",
                f"{each:.2f} MB",
                f"≤ {LIMIT_MEGABYTES:.0f} MB",
                each <= LIMIT_MEGABYTES,
            ),
            Result(f"{RERUNS} reruns more", f"{rerun - opened:+.0f} MB"),
        ],
    )


if __name__ == "__main__":
    main()
