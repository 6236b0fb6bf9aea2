"""Of which day the figures of a paper are, where that is not the day of the paper: quarterly ones, or last month's."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from briefing.lists import principal
from metrics.columns import records
from metrics.vocabulary import OF_A_DAY
from notices.content import Run, Runs, plain
from notices.figures import Figures
from notices.sentences import listed
from notices.words import say

# As many indicators are named one by one.
MOST_NAMED = 8
Held = dict[date, list[Any]]


def of_all(figures: Figures) -> Runs:
    """The sentence on all figures: the day of most of them, and how many are of another; nothing where all agree."""
    held = _held(records(principal(figures.county.cells)))

    def counted(rows: list[Any]) -> Runs:
        count = figures.run("data_on", rows[0].data_day.isoformat())
        return (count, *plain(say("notice.so_many", "zh")))

    return _said(figures, held, counted)


def of_indicators(figures: Figures, codes: Iterable[str]) -> Runs:
    """The same of some indicators, those of another day by name."""
    cells = principal(figures.county.cells)
    return of_rows(figures, records(cells[cells["indicator"].isin(list(codes))]))


def of_rows(figures: Figures, rows: Iterable[Any]) -> Runs:
    """The same of some cells."""
    held = _held(rows)

    def named(rows: list[Any]) -> Runs:
        names = [
            (
                Run(say("notice.quote_open", "zh")),
                figures.run("indicator", row.indicator, "name"),
                Run(say("notice.quote_close", "zh")),
            )
            for row in rows[:MOST_NAMED]
        ]
        more = plain(say("notice.and_so_many", "zh", count=len(rows))) if len(rows) > MOST_NAMED else ()
        return (*listed(names, say("notice.pause", "zh")), *more)

    return _said(figures, held, named)


def of_one(figures: Figures, cell: Any) -> Runs:
    """In brackets the day of one figure, where most are of another."""
    mine = figures.data_days.get(cell.indicator)
    if mine is None or mine == _main(Counter(figures.data_days.values())):
        return ()
    day = figures.run("cell", cell.unit, cell.indicator, "data_day")
    return (*plain(say("notice.data_open", "zh")), day, *plain(say("notice.data_close", "zh")))


def _held(rows: Iterable[Any]) -> Held:
    """One row for each indicator, by the day of its figures; what is a fact of the day itself is none of them."""
    found = {
        row.indicator: row for row in rows if row.kind not in OF_A_DAY and isinstance(row.data_day, date)
    }
    held: Held = {}
    for row in found.values():
        held.setdefault(row.data_day, []).append(row)
    return held


def _main(counts: Mapping[date, int]) -> date | None:
    """The day of most of them, the latest of equals."""
    return max(counts, key=lambda day: (counts[day], day), default=None)


def _said(figures: Figures, held: Held, whose: Callable[[list[Any]], Runs]) -> Runs:
    main = _main({day: len(rows) for day, rows in held.items()})
    if main is None or list(held) == [figures.county.frame.as_of]:
        return ()
    others = sorted((day for day in held if day != main), reverse=True)
    told = [
        (*whose(held[day]), *plain(say("notice.to_day", "zh")), _day(figures, held[day])) for day in others
    ]
    among = (*plain(say("notice.among_them", "zh")), *listed(told, say("notice.pause", "zh"))) if told else ()
    first = (*plain(say("notice.data_to", "zh")), _day(figures, held[main]))
    return (*first, *among, *plain(say("notice.stop", "zh")))


def _day(figures: Figures, rows: list[Any]) -> Run:
    return figures.run("cell", rows[0].unit, rows[0].indicator, "data_day")
