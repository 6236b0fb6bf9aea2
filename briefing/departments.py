"""Departments: the county-level cells of the indicators each leads; shared ones stand apart."""

import pandas as pd

from briefing.lists import by_need, counts, principal
from briefing.load import Briefing
from briefing.once import once
from metrics.columns import records
from metrics.vocabulary import JUDGED_STATES, LAGGING_STATES, Level, State

DEPARTMENT_COLUMNS = (
    "code",
    "name",
    "indicators",
    "judged",
    "on_plan",
    "slightly",
    "lagging",
    "behind",
    "unreported",
    "worst_gap",
    "open",
    "overdue",
)


@once
def department_rows(briefing: Briefing) -> pd.DataFrame:
    """One row per department that leads an indicator, the most lagging first.

    Gaps are fractions; `behind` names the indicators that lag, the worst first: the worst gap alone may be of one
    that is judged by days or by its limit.
    """
    led = briefing.directory.indicators[["code", "lead"]].dropna()
    cells = principal(briefing.cells_at(Level.COUNTY)).merge(led, left_on="indicator", right_on="code")
    lagging = by_need(cells[cells["state"].isin(LAGGING_STATES)], briefing)
    worst_first, names = list(lagging["indicator"]), briefing.indicators["short_name"]
    rows = []
    for department in records(briefing.directory.departments):
        mine = cells[cells["lead"] == department.code]
        if mine.empty:
            continue
        counted = counts(mine)
        items = briefing.issues[briefing.issues["department"] == department.code]
        rows.append(
            {
                "code": department.code,
                "name": department.short_name,
                "indicators": len(mine),
                "judged": int(mine["state"].isin(JUDGED_STATES).sum()),
                "on_plan": counted.by_state[State.DONE] + counted.by_state[State.ON_PLAN],
                "slightly": counted.by_state[State.SLIGHTLY_BEHIND],
                "lagging": int(mine["state"].isin(LAGGING_STATES).sum()),
                "behind": tuple(names[code] for code in worst_first if code in set(mine["indicator"])),
                "unreported": counted.by_state[State.UNREPORTED],
                "worst_gap": mine["gap"].min(),
                "open": int(items["is_open"].sum()),
                "overdue": int((items["clock"] == "overdue").sum()),
            }
        )
    frame = pd.DataFrame(rows, columns=list(DEPARTMENT_COLUMNS))
    return frame.sort_values(["lagging", "worst_gap"], ascending=[False, True], kind="stable")


def shared_with(briefing: Briefing, department: str) -> list[str]:
    """The indicators a department shares in without leading them."""
    return [
        row.code
        for row in records(briefing.directory.indicators)
        if department in row.shared and row.lead != department
    ]
