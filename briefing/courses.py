"""The course of figures over a year: the judged cells of a unit and its children at every period end."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
from sqlalchemy import Connection

from briefing.load import Briefing
from briefing.trials import Drafts
from data_access.facts import read_periods, read_target_years
from data_access.reads import read_explanations
from data_access.references import read_period_references
from metrics.board import FACT_COLUMNS, REFERENCE_COLUMNS, Board
from metrics.judge import judge
from metrics.periods import periods_of_year
from metrics.persistence import over_periods, periods_to_read
from metrics.vocabulary import OF_A_DAY, Cadence

# How many years gone by a forecast learns from.
PAST_YEARS = 3
COURSE_COLUMNS = (
    "unit",
    "indicator",
    "data_day",
    "kind",
    "comparator",
    "target",
    "base",
    "actual",
    "completion",
    "planned",
    "at_least",
    "approximate",
    "state",
    "curve_shape",
    "year_kind",
    "year_target",
    "year_base",
    "year_completion",
    "year_planned",
)
OF_YEAR = ("kind", "target", "base", "completion", "planned")


@dataclass(frozen=True)
class Courses:
    """The cells (`COURSE_COLUMNS`) of a unit and its children at every period end of the year and of those before.

    `past` holds the years before that have targets, the oldest first.
    """

    root: str
    this: pd.DataFrame
    past: tuple[pd.DataFrame, ...]

    def of(self, indicator: str) -> "Courses":
        """The same of one indicator."""
        chosen = tuple(cells[cells["indicator"] == indicator] for cells in (self.this, *self.past))
        return Courses(self.root, chosen[0], chosen[1:])


def read_courses(connection: Connection, below: Briefing, indicators: Iterable[str] | None = None) -> Courses:
    """Indicators (all of them) of a unit and its children over the year in view and those before."""
    frame = below.frame
    codes = list(below.indicators.index if indicators is None else indicators)
    earlier = read_target_years(connection, frame.scope, before=frame.year, known_at=frame.known_at)
    years = [*reversed(earlier[:PAST_YEARS]), frame.year]
    held = [read_year(connection, below, year, codes) for year in years]
    return Courses(below.root, held[-1], tuple(held[:-1]))


def of_a_period(below: Briefing, indicators: Iterable[str]) -> list[str]:
    """Those indicators that have a figure for each period; milestones and checklists are facts of a day."""
    return [code for code in indicators if below.definitions[code]["kind"] not in OF_A_DAY]


def read_year(connection: Connection, below: Briefing, year: int, indicators: Iterable[str]) -> pd.DataFrame:
    """The principal cells (`COURSE_COLUMNS`) at each period end of a year, those still to come included.

    The columns of the year are the same figures by the targets and curves that hold at its end.
    """
    names = _names(below, year, indicators)
    board = _board(connection, below, year, names, None)
    cells = _with_year(_judged(connection, below, board, names), board, names)
    return cells[list(COURSE_COLUMNS)].sort_values(
        ["indicator", "data_day"], kind="stable", ignore_index=True
    )


def periods_of(
    connection: Connection, below: Briefing, unit: str, indicator: str, drafts: Drafts | None = None
) -> pd.DataFrame:
    """The principal cells of one figure at each period end of the year in view, all columns, in order.

    With `drafts` they are judged as they would be if these had been written.
    """
    names = _names(below, below.frame.year, [indicator])
    board = _board(connection, below, below.frame.year, names, drafts)
    cells = _judged(connection, below, board, names)
    return cells[cells["unit"] == unit].sort_values("data_day", kind="stable", ignore_index=True)


def _judged(
    connection: Connection, below: Briefing, board: Board, names: Mapping[tuple[str, date], str]
) -> pd.DataFrame:
    """The principal cells of the root and its children at each period end of the board's year.

    All periods are judged at once: each is an indicator of its own on the board. Units are those of the
    briefing's day; targets, curves and rules those of the year.
    """
    principal = _principal(judge(board), names)
    if not periods_to_read(board.rules, [period for _, period in names]):
        return principal.assign(state_of_day=principal["state"])
    return _over_periods(connection, below, board, principal)


def _principal(cells: pd.DataFrame, names: Mapping[tuple[str, date], str]) -> pd.DataFrame:
    """The principal ones of judged cells, by the indicators' own codes."""
    code_of = {name: code for (code, _), name in names.items()}
    held = cells[cells["is_principal"]]
    return held.assign(indicator=held["indicator"].map(code_of))


def _with_year(cells: pd.DataFrame, board: Board, names: Mapping[tuple[str, date], str]) -> pd.DataFrame:
    """The cells with the same figures by the targets and curves that hold at the year's end.

    They are missing where that is not known: of some of the units while their targets were others, and of a
    sum of targets that changed within the year.
    """
    key = ["unit", "indicator", "data_day"]
    own = {f"year_{name}": cells[name] for name in OF_YEAR}
    changed = _changed(board)
    if changed.any():
        of_them = replace(board, indicators=board.indicators[changed])
        held = _principal(judge(of_them, valid_on=date(board.year, 12, 31)), names).set_index(key)
        same = cells.set_index(key).index
        is_held = same.isin(held.index)
        found = held.reindex(same).reset_index(drop=True).set_index(cells.index)
        own = {name: own[name].where(~is_held, found[name.removeprefix("year_")]) for name in own}
    partial = cells["target_in"].notna() & cells["target"].ne(own["year_target"]).fillna(value=True)
    own["year_completion"] = own["year_completion"].where(~partial.astype(bool))
    summed = cells["target"].where(cells["target_source"].eq("children").to_numpy(dtype=bool, na_value=False))
    amounts = summed.groupby([cells["unit"], cells["indicator"]]).transform("nunique")
    own["year_target"] = own["year_target"].mask(amounts.gt(1).to_numpy(dtype=bool, na_value=False))
    return cells.assign(**own)


def _changed(board: Board) -> pd.Series:
    """Which of the board's indicators have a target or a curve that began to hold within the year."""
    first = date(board.year, 1, 1)
    begun = [
        frame.loc[[day > first for day in frame["valid_from"]], "indicator"]
        for frame in (board.targets, board.curves)
    ]
    is_common = begun[1].isna().any()
    return board.indicators["code"].isin([*begun[0], *begun[1]]) | is_common


def _over_periods(connection: Connection, below: Briefing, board: Board, cells: pd.DataFrame) -> pd.DataFrame:
    """What the periods before make of each period, as of the day in view (`briefing.judging`)."""
    frame = below.frame
    said = read_explanations(connection, frame.scope, known_at=frame.known_at, year=board.year)
    place = cells.groupby("indicator")["data_day"].rank(method="dense")
    of_day = [held for _, held in cells.groupby(place)]
    shown = [over_periods(held, of_day[:at][::-1], board.rules, said) for at, held in enumerate(of_day)]
    return pd.concat(shown) if shown else cells.assign(state_of_day=cells["state"])


def _board(
    connection: Connection,
    below: Briefing,
    year: int,
    names: Mapping[tuple[str, date], str],
    drafts: Drafts | None,
) -> Board:
    """The board of a unit and its children on which every period of an indicator is one of its own."""
    days: dict[date, set[str]] = defaultdict(set)
    for code, period in names:
        days[period].add(code)
    periods = {day: frozenset(codes) for day, codes in sorted(days.items())}
    frame = below.frame
    facts, targets, curves = read_periods(
        connection,
        frame.scope,
        directory=below.directory,
        year=year,
        known_at=frame.known_at,
        root=below.root,
        periods=periods,
    )
    if drafts is not None:
        targets, curves = drafts.with_targets(targets), drafts.with_curves(curves)
    of_board = targets[targets["unit"].isin(below.board.units["code"])]
    references = read_period_references(
        connection,
        frame.scope,
        directory=below.directory,
        known_at=frame.known_at,
        periods=periods,
        targets=of_board,
    )
    named = pd.DataFrame(
        [(code, period, name) for (code, period), name in names.items()],
        columns=["indicator", "period", "period_name"],
    )
    keyed = facts.merge(named, on=["indicator", "period"], how="left")
    own = curves["indicator"].notna()
    return replace(
        below.board,
        year=year,
        as_of=max(days, default=below.board.as_of),
        indicators=_for_each(below.indicators.loc[list(dict.fromkeys(named["indicator"]))], named, "code"),
        facts=keyed.assign(indicator=keyed["period_name"])[list(FACT_COLUMNS)],
        targets=_for_each(targets, named, "indicator"),
        curves=pd.concat([curves[~own], _for_each(curves[own], named, "indicator")], ignore_index=True),
        data_days={name: period for (_, period), name in names.items()},
        references=_asked_on(references, names),
    )


def _asked_on(references: pd.DataFrame, names: Mapping[tuple[str, date], str]) -> pd.DataFrame:
    """What targets are compared with, each for the period it is the value of."""
    keys = zip(references["indicator"], references["asked_on"], strict=True)
    return references.assign(indicator=[names[key] for key in keys])[list(REFERENCE_COLUMNS)]


def _names(below: Briefing, year: int, indicators: Iterable[str]) -> dict[tuple[str, date], str]:
    """What each period of each indicator is called on the board."""
    return {
        (code, period): f"{code}@{period:%m}"
        for code in of_a_period(below, indicators)
        for period in periods_of_year(Cadence(below.definitions[code]["cadence"]), year)
    }


def _for_each(rows: pd.DataFrame, named: pd.DataFrame, column: str) -> pd.DataFrame:
    """The rows once for each period of their indicator, the column holding the period's name."""
    periods = named.rename(columns={"indicator": column})
    merged = rows.reset_index(drop=True).merge(periods, on=column, how="inner")
    return merged.assign(**{column: merged["period_name"]})[list(rows.columns)]
