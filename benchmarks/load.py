"""Acting people: each opens a page of the real mix every five seconds on average."""

import asyncio
import random
from dataclasses import dataclass, field

from benchmarks.client import Drawn, PageFailedError, Session, visit
from benchmarks.county import SEED, Mix, dashboard, explore
from benchmarks.results import Result, middle, milliseconds, share, show

PAUSE = 5.0
SECONDS = 30.0
AGREED = 100
AGREED_LIMIT = 0.400
LARGEST_LIMIT = 1.0
STEPS = (50, 100, 150, 200, 300, 400)
# The first half minute of a working day, when every township is opened for the first time, is not counted.
FIRST = 50


@dataclass
class Tally:
    """What a crowd lived through."""

    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def note(self, drawn: Drawn) -> None:
        """Keep one run."""
        self.seconds.append(drawn.seconds)


async def crowd(url: str, mix: Mix, people: int, *, follows_links: bool) -> Tally:
    """Let people act for a while. `follows_links`: each act is a new document, as in the browser."""
    tally = Tally()
    end = asyncio.get_running_loop().time() + SECONDS
    act = _follow if follows_links else _rerun
    await asyncio.gather(*(act(url, mix, random.Random(SEED + n), end, tally) for n in range(people)))
    return tally


async def _rerun(url: str, mix: Mix, dice: random.Random, end: float, tally: Tally) -> None:
    async with Session(url) as tab:
        await asyncio.sleep(dice.uniform(0, PAUSE))
        while asyncio.get_running_loop().time() < end:
            try:
                tally.note(await tab.draw(mix.choose(dice)))
            except (PageFailedError, TimeoutError) as fault:
                tally.failures.append(repr(fault))
            await asyncio.sleep(dice.expovariate(1 / PAUSE))


async def _follow(url: str, mix: Mix, dice: random.Random, end: float, tally: Tally) -> None:
    await asyncio.sleep(dice.uniform(0, PAUSE))
    while asyncio.get_running_loop().time() < end:
        try:
            tally.note(await visit(url, mix.choose(dice)))
        except (PageFailedError, TimeoutError, OSError) as fault:
            tally.failures.append(repr(fault))
        await asyncio.sleep(dice.expovariate(1 / PAUSE))


def measure(follows_links: bool) -> list[Result]:
    """The 95th percentile at each size of the crowd, up to the first that is too slow."""
    name = "pages opened" if follows_links else "reruns"
    results: list[Result] = []
    largest = 0
    with dashboard("load") as running:
        mix = asyncio.run(explore(running.url))
        asyncio.run(crowd(running.url, mix, FIRST, follows_links=follows_links))
        for people in STEPS:
            tally = asyncio.run(crowd(running.url, mix, people, follows_links=follows_links))
            slow = share(tally.seconds, 0.95)
            is_agreed = people == AGREED and not follows_links
            results.append(
                Result(
                    f"{name}, {people} people, {len(tally.seconds)} acts, {len(tally.failures)} failed",
                    f"95 % {milliseconds(slow)}, median {milliseconds(middle(tally.seconds))}",
                    f"95 % ≤ {milliseconds(AGREED_LIMIT)}" if is_agreed else "",
                    (slow <= AGREED_LIMIT and not tally.failures) if is_agreed else None,
                )
            )
            if slow > LARGEST_LIMIT or tally.failures:
                break
            largest = people
    return [*results, Result(f"{name}: most people at 95 % below 1 s", str(largest))]


def main() -> bool:
    """Measure and print. Whether the limit held."""
    results = [*measure(follows_links=False), *measure(follows_links=True)]
    return show(f"People who each act every {PAUSE:.0f} s, one process", results)


if __name__ == "__main__":
    main()
