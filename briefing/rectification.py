"""The ledger of rectification: what is open, due soon and overdue, by unit, source and age."""

from dataclasses import dataclass

import pandas as pd

from metrics.rectification import ageing, closing_rate
from metrics.vocabulary import OPEN_ISSUE_STATES, Clock, IssueState

ALL, OPEN = "all", "open"


@dataclass(frozen=True)
class Ledger:
    """The figures at the head of the ledger, each the length of the list it opens."""

    open: int
    due_soon: int
    overdue: int
    deferred: int
    closing_rate: float | None
    ages: tuple[tuple[str, int], ...]


def chosen(
    issues: pd.DataFrame, *, show: str = OPEN, unit: str = "", source: str = "", age: str = ""
) -> pd.DataFrame:
    """The items a card counts and the ledger lists; the longest overdue first, then the nearest deadline."""
    is_open = issues["state"].isin(OPEN_ISSUE_STATES)
    held = issues
    if show == OPEN:
        held = issues[is_open]
    elif show in set(Clock):
        held = issues[is_open & (issues["clock"] == show)]
    elif show in set(IssueState):
        held = issues[issues["state"] == show]
    if unit:
        held = held[(held["unit"] == unit) | held["unit"].str.startswith(unit)]
    if source:
        held = held[held["source"] == source]
    if age:
        held = held[held["age_bucket"] == age]
    return held.sort_values(["deadline", "number"], kind="stable")


def ledger(issues: pd.DataFrame) -> Ledger:
    """Count the ledger."""
    held = chosen(issues)
    return Ledger(
        open=len(held),
        due_soon=len(chosen(issues, show=Clock.DUE_SOON)),
        overdue=len(chosen(issues, show=Clock.OVERDUE)),
        deferred=len(chosen(issues, show=IssueState.DEFERRED)),
        closing_rate=closing_rate(issues),
        ages=tuple(ageing(held).items()),
    )
