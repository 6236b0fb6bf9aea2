"""Where rectification items stand on a day: state, deadline, clock, age, rates (metrics.md 8)."""

from datetime import date

import numpy as np
import pandas as pd

from metrics.columns import records
from metrics.vocabulary import OPEN_ISSUE_STATES, Clock, IssueState

AGE_BUCKETS = ("week", "month", "quarter", "older")
_AGE_EDGES = (-np.inf, 7, 30, 90, np.inf)
STANDING_COLUMNS = (
    "state",
    "round",
    "is_open",
    "deadline",
    "days_overdue_before",
    "clock",
    "days",
    "age",
    "age_bucket",
    "closed_on",
    "days_to_close",
    "is_reopened",
)


def standing(issues: pd.DataFrame, events: pd.DataFrame, as_of: date, due_soon_days: int) -> pd.DataFrame:
    """The items opened by `as_of` as they stand on that day: the columns of `issues` and `STANDING_COLUMNS`.

    `issues` and `events` have the columns of their tables, as known at one moment. An item without an
    event is 待交办. `days` counts from the deadline: above zero overdue, else the days left below zero;
    missing, like `clock`, for what is not open. A new deadline in an event moves the deadline from its
    day on; `first_deadline` stays, and `days_overdue_before` is how late the item already was. Deferred
    items are open. `closed_on` is the closing that still holds.
    """
    held = issues[_days(issues["opened_on"]) <= pd.Timestamp(as_of)]
    told = _in_order(events, as_of)
    last = told.drop_duplicates("number", keep="last").set_index("number")
    number = held["number"]
    state = _of(number, last["state"].astype("str")).fillna(str(IssueState.ASSIGNED))
    is_open = state.isin(OPEN_ISSUE_STATES)
    deadline, late_before = _deadlines(held, told)
    days = (pd.Timestamp(as_of) - _days(deadline)).dt.days.astype("Int64")
    opened = _days(held["opened_on"])
    closed_on = _of(number, _closed_on(told)).where(state == IssueState.CLOSED)
    age = (pd.Timestamp(as_of) - opened).dt.days
    return held.assign(
        state=state,
        round=_of(number, last["round"]).fillna(1).astype("int64"),
        is_open=is_open,
        deadline=deadline,
        days_overdue_before=late_before,
        clock=_clock(days, is_open, due_soon_days),
        days=days.where(is_open),
        age=age.where(is_open).astype("Int64"),
        age_bucket=_bucket(age).where(is_open),
        closed_on=closed_on.dt.date,
        days_to_close=(closed_on - opened).dt.days.astype("Int64"),
        is_reopened=number.isin(_reopened(told)),
    )


def closing_rate(
    standing: pd.DataFrame, opened_from: date | None = None, opened_to: date | None = None
) -> float | None:
    """Closed now ÷ opened in the window, less the withdrawn; None where the window holds none.

    Deferred and reopened items are in the denominator.
    """
    opened = _days(standing["opened_on"])
    inside = standing["state"] != IssueState.WITHDRAWN
    if opened_from is not None:
        inside &= opened >= pd.Timestamp(opened_from)
    if opened_to is not None:
        inside &= opened <= pd.Timestamp(opened_to)
    return _rate(inside & (standing["state"] == IssueState.CLOSED), inside)


def on_time_closing_rate(standing: pd.DataFrame, as_of: date) -> float | None:
    """Closed on or before the first deadline and not reopened ÷ those whose first deadline has come."""
    first = _days(standing["first_deadline"])
    due = (first <= pd.Timestamp(as_of)) & (standing["state"] != IssueState.WITHDRAWN)
    closed = _days(standing["closed_on"]) <= first
    return _rate(due & closed & ~standing["is_reopened"], due)


def ageing(standing: pd.DataFrame) -> dict[str, int]:
    """How many open items are up to 7, 8 to 30, 31 to 90 and more than 90 days old (`AGE_BUCKETS`)."""
    counted = standing["age_bucket"].value_counts()
    return {bucket: int(counted.get(bucket, 0)) for bucket in AGE_BUCKETS}


def median_age(standing: pd.DataFrame) -> float | None:
    """Median age in days of the open items; None where there are none."""
    return _median(standing["age"])


def median_days_to_close(standing: pd.DataFrame) -> float | None:
    """Median days from opening to the closing that holds; None where none is closed."""
    return _median(standing["days_to_close"])


def _of(number: pd.Series, told: pd.Series) -> pd.Series:
    """What is told of each number, aligned with the items; missing where nothing is."""
    return pd.Series(told.reindex(number).array, index=number.index)


def _days(values: pd.Series) -> "pd.Series[pd.Timestamp]":
    return pd.to_datetime(values)


def _in_order(events: pd.DataFrame, as_of: date) -> pd.DataFrame:
    told = events[_days(events["day"]) <= pd.Timestamp(as_of)]
    return told.assign(day=_days(told["day"])).sort_values(["day", "id"], kind="stable")


def _deadlines(issues: pd.DataFrame, told: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The deadline in force, and the most days an item was overdue before a new deadline was given."""
    moves = told[told["deadline"].notna()]
    in_force = dict(zip(issues["number"], issues["first_deadline"], strict=True))
    late = dict.fromkeys(in_force, 0)
    for move in records(moves):
        if move.number in in_force:
            overdue = (move.day - pd.Timestamp(in_force[move.number])).days
            late[move.number] = max(late[move.number], overdue)
            in_force[move.number] = move.deadline
    index = issues.index
    return pd.Series(list(in_force.values()), index, dtype="object"), pd.Series(
        list(late.values()), index, dtype="int64"
    )


def _clock(days: pd.Series, is_open: pd.Series, due_soon_days: int) -> pd.Series:
    clock = pd.Series(str(Clock.IN_TIME), index=days.index, dtype="str")
    clock = clock.mask(days >= -due_soon_days, str(Clock.DUE_SOON))
    return clock.mask(days > 0, str(Clock.OVERDUE)).where(is_open)


def _bucket(age: pd.Series) -> pd.Series:
    return pd.cut(age, _AGE_EDGES, labels=list(AGE_BUCKETS)).astype("str")


def _closed_on(told: pd.DataFrame) -> pd.Series:
    closings = told[told["state"] == IssueState.CLOSED]
    return closings.drop_duplicates("number", keep="last").set_index("number")["day"]


def _reopened(told: pd.DataFrame) -> pd.Series:
    """Numbers that had been closed and went on afterwards: 问题反弹."""
    was = told.groupby("number", sort=False)["state"].shift()
    return told.loc[(was == IssueState.CLOSED) & (told["state"] != IssueState.CLOSED), "number"]


def _rate(part: pd.Series, whole: pd.Series) -> float | None:
    return float(part.sum() / whole.sum()) if whole.any() else None


def _median(values: pd.Series) -> float | None:
    held = values.dropna()
    return None if held.empty else float(held.median())
