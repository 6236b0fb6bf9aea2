"""Nobody reads beyond their scope, nothing outside leaks in, and no order is left to the engine."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine, event

from data_access.corrections import read_corrections
from data_access.directory import read_directory
from data_access.documents import read_curves, read_rules, read_targets
from data_access.engine import read
from data_access.errors import OutOfScope
from data_access.facts import read_board, read_periods
from data_access.newest_reports import read_newest_reports
from data_access.reads import (
    find_units,
    read_checklist,
    read_explanations,
    read_issues,
    read_reporting,
    read_submissions,
    read_versions,
)
from data_access.recorded import Span, read_recorded
from data_access.records import (
    ChecklistMarkRecord,
    CurveRecord,
    ExplanationRecord,
    IssueEventRecord,
    IssueRecord,
    PersonRecord,
)
from data_access.schema import metadata
from data_access.scope import Scope
from metrics.vocabulary import IssueState, Kind, Level
from tests.data_access.county import (
    COUNTY,
    NORTH,
    SOUTH,
    VILLAGES,
    basics,
    hand_in_now,
    indicator,
    moment,
    put,
    report,
    target,
    unit,
)

JANUARY = date(2026, 1, 31)
SINCE = Span(moment(1, 1, year=2020))
FIRST, SECOND = VILLAGES[NORTH]
OUTSIDE = VILLAGES[SOUTH]
# Tables without a county of their own: the calendar of all counties, and the codes every county shares.
COMMON = {"workday", "unit", "alembic_version"}
Read = Callable[[Connection, Scope], Any]


def _directory(connection: Connection, scope: Scope, known_at: Any = None) -> Any:
    return read_directory(connection, scope, day=JANUARY, known_at=known_at)


def _board(depth: str, root: str = COUNTY, known_at: Any = None) -> Read:
    def run(connection: Connection, scope: Scope) -> Any:
        directory = _directory(connection, scope)
        days = dict.fromkeys(directory.indicators["code"], JANUARY)
        return read_board(
            connection,
            scope,
            directory=directory,
            year=2026,
            as_of=date(2026, 2, 10),
            known_at=known_at,
            data_days=days,
            root=root,
            depth=depth,  # type: ignore[arg-type]
        )

    return run


def _periods(connection: Connection, scope: Scope) -> tuple[pd.DataFrame, ...]:
    return read_periods(
        connection,
        scope,
        directory=_directory(connection, scope),
        year=2026,
        known_at=None,
        root=NORTH,
        periods=dict.fromkeys([JANUARY, date(2026, 2, 28)], frozenset({"count"})),
    )


def _reporting(connection: Connection, scope: Scope) -> pd.DataFrame:
    directory = _directory(connection, scope)
    days = dict.fromkeys(directory.indicators["code"], JANUARY)
    return read_reporting(connection, scope, directory=directory, data_days=days)


PART = Scope.of(COUNTY, units=[NORTH])
OF_THE_COUNTY = ("children", "villages", "earlier")
READS: dict[str, Read] = {
    "directory": _directory,
    "children": _board("children"),
    "villages": _board("villages"),
    "township": _board("children", NORTH),
    "earlier": _board("children", COUNTY, moment(2, 20)),
    "periods": _periods,
    "reporting": _reporting,
    "versions": lambda connection, scope: read_versions(connection, scope, FIRST),
    "submissions": lambda connection, scope: read_submissions(connection, scope, since=JANUARY),
    "newest": lambda connection, scope: read_newest_reports(
        connection, scope, homes=[NORTH, SOUTH], periods=[JANUARY]
    ),
    "recorded": lambda connection, scope: read_recorded(connection, scope, SINCE, year=2026),
    "recorded below": lambda connection, scope: read_recorded(
        connection, scope, SINCE, year=2026, township=NORTH
    ),
    "corrections": lambda connection, scope: read_corrections(connection, scope, SINCE, year=2026),
    "explanations": lambda connection, scope: read_explanations(connection, scope, year=2026),
    "checklist": lambda connection, scope: read_checklist(connection, scope, day=JANUARY),
    "issues": lambda connection, scope: read_issues(connection, scope),
    "targets": lambda connection, scope: read_targets(connection, scope, year=2026),
    "curves": lambda connection, scope: read_curves(connection, scope, year=2026),
    "rules": lambda connection, scope: read_rules(connection, scope),
    "units": lambda connection, scope: find_units(connection, scope, "单位", day=JANUARY),
}


@pytest.fixture(scope="module")
def county(shared_engine: Engine) -> Engine:
    """Facts of two townships, for reading only."""
    return _filled(shared_engine)


@pytest.fixture
def own_county(engine: Engine) -> Engine:
    """The same, for a test that writes."""
    return _filled(engine)


def _filled(engine: Engine) -> Engine:
    checklist = indicator("five", kind=Kind.CHECKLIST, items=(("w", "通水"),), lead="D02")
    put(engine, *basics(), indicator("count"), checklist, indicator("own", level_reported=Level.TOWNSHIP))
    put(engine, *_about(NORTH, FIRST), *_about(SOUTH, OUTSIDE[0]), at=moment(1, 6))
    for township in VILLAGES:
        said = [report("count", village, JANUARY, 5) for village in VILLAGES[township]]
        hand_in_now(
            engine, [*said, report("own", township, JANUARY, 7)], at=moment(2, 3), of=township, period=JANUARY
        )
        again = report("own", township, JANUARY, 8, reason="核实")
        hand_in_now(engine, [again], at=moment(2, 4), of=township, period=JANUARY)
    return engine


def _about(township: str, village: str) -> list[Any]:
    number = f"Z{township[-3:]}"
    return [
        PersonRecord(f"P{township[-3:]}", "王明", "镇长", unit=township),
        target("count", village, 10),
        target("count", township, 20),
        CurveRecord("自定", "linear", (("12-31", 1.0),), date(2026, 1, 1), "count", village, reason="雨季"),
        ExplanationRecord("count", village, JANUARY, text="雨水多"),
        ChecklistMarkRecord("five", village, "w", date(2026, 1, 10), True),
        IssueRecord(
            number, village, "督查发现", "资料不全", "缺台账", "说明", date(2026, 1, 5), date(2026, 2, 5)
        ),
        IssueEventRecord(number, IssueState.ASSIGNED, date(2026, 1, 5), "督查室"),
    ]


@contextmanager
def _compiled(engine: Engine) -> Iterator[list[Any]]:
    sent: list[Any] = []

    def note(connection: Any, statement: Any, *_: Any) -> None:
        sent.append(statement)

    event.listen(engine, "before_execute", note)
    yield sent
    event.remove(engine, "before_execute", note)


def _elements(statement: Any) -> list[Any]:
    """Every part of a statement once: what several parts share is not walked again for each of them."""
    found, seen = [statement], {id(statement)}
    for element in found:
        for child in element.get_children():
            if id(child) not in seen:
                seen.add(id(child))
                found.append(child)
    return found


def _tables_without_county(statement: Any) -> set[str]:
    """The tables a statement reads without saying of which county."""
    used, bound = set(), set()
    for element in _elements(statement):
        table = getattr(element, "table", None)
        name = getattr(getattr(table, "element", table), "name", None)
        if element.__visit_name__ == "table":
            used.add(element.name)
        if element.__visit_name__ == "binary":
            for side in (element.left, element.right):
                held = getattr(side, "table", None)
                held = getattr(held, "element", held)
                if getattr(side, "name", None) == "county" and held is not None:
                    bound.add(getattr(held, "name", None))
        del name
    return {table for table in used if table in metadata.tables} - bound - COMMON


@pytest.mark.parametrize(
    ("name", "scope"),
    [
        *(pytest.param(name, Scope.whole(COUNTY), id=f"{name}-whole") for name in READS),
        *(pytest.param(name, PART, id=f"{name}-part") for name in READS if name not in OF_THE_COUNTY),
    ],
)
def test_every_statement_names_the_county_of_every_table(county: Engine, name: str, scope: Scope) -> None:
    with read(county) as connection, _compiled(county) as sent:
        READS[name](connection, scope)
    assert sent
    assert [found for statement in sent if (found := _tables_without_county(statement))] == []


def test_the_walk_finds_a_table_without_its_county() -> None:
    from sqlalchemy import select

    from data_access.schema import report as table

    assert _tables_without_county(select(table.c.value).where(table.c.unit == "x")) == {"report"}
    assert _tables_without_county(select(table.c.value).where(table.c.county == "x")) == set()


# Each engine's own way to give rows in an order nobody asked for.
OTHER_ORDER = {
    "sqlite": ["PRAGMA reverse_unordered_selects = ON"],
    "postgresql": [f"SET LOCAL {way} = off" for way in ("enable_indexscan", "enable_bitmapscan")],
}
AS_USUAL = {"sqlite": "PRAGMA reverse_unordered_selects = OFF", "postgresql": "RESET ALL"}


@pytest.mark.parametrize("name", READS)
def test_no_read_leaves_the_order_of_its_rows_to_the_engine(county: Engine, name: str) -> None:
    scope = Scope.whole(COUNTY)
    with read(county) as connection:
        first = _said(READS[name](connection, scope))
        for setting in OTHER_ORDER[county.dialect.name]:
            connection.exec_driver_sql(setting)
        again = _said(READS[name](connection, scope))
        connection.exec_driver_sql(AS_USUAL[county.dialect.name])
    assert first == again


def _said(result: Any) -> str:
    """All that a read gave, as text."""
    if isinstance(result, pd.DataFrame):
        return str(result.to_csv())
    if isinstance(result, tuple):
        return "".join(_said(part) for part in result)
    frames = [value for value in vars(result).values() if isinstance(value, pd.DataFrame)]
    return "".join(_said(frame) for frame in frames)


@pytest.mark.parametrize("name", [name for name in READS if name not in OF_THE_COUNTY])
def test_a_part_shows_nothing_of_the_rest(county: Engine, name: str) -> None:
    scope = Scope.of(COUNTY, units=[NORTH])
    with read(county) as connection:
        whole = _said(READS[name](connection, Scope.whole(COUNTY)))
        mine = _said(READS[name](connection, scope))
    assert SOUTH not in mine and "Z102" not in mine and "P102" not in mine
    if name not in ("rules", "township", "periods", "versions", "recorded below"):
        assert SOUTH in whole or "P102" in whole, "the whole shows nothing either: this proves nothing"


def test_a_change_outside_changes_nothing_inside(own_county: Engine) -> None:
    scope = Scope.of(COUNTY, units=[NORTH])
    names = [name for name in READS if name not in OF_THE_COUNTY]
    with read(own_county) as connection:
        before = {name: _said(READS[name](connection, scope)) for name in names}
    put(
        own_county,
        target("count", OUTSIDE[1], 99),
        unit(OUTSIDE[1], Level.VILLAGE, SOUTH, name="改"),
        at=moment(3, 1),
    )
    hand_in_now(
        own_county, [report("count", OUTSIDE[0], JANUARY, 50, reason="改")], at=moment(3, 2), of=SOUTH
    )
    with read(own_county) as connection:
        after = {name: _said(READS[name](connection, scope)) for name in names}
    assert before == after


def test_departments_and_units_add_up(county: Engine) -> None:
    both = Scope.of(COUNTY, units=[NORTH], departments=["D02"])
    with read(county) as connection:
        marks = read_checklist(connection, both, day=JANUARY)
        targets = read_targets(connection, both, year=2026)
        units = read_directory(connection, both, day=JANUARY).units
        board = _board("villages")(connection, Scope.of(COUNTY, departments=["D02"]))
    assert set(marks["unit"]) == {FIRST, OUTSIDE[0]}
    assert set(targets["unit"]) == {FIRST, NORTH}
    assert len(units) == 7
    assert set(board.facts["indicator"]) == {"five"}


def test_an_empty_scope_sees_nothing(county: Engine) -> None:
    nobody = Scope.of(COUNTY)
    with read(county) as connection:
        assert read_targets(connection, nobody, year=2026).empty
        assert read_versions(connection, nobody, FIRST).empty
        with pytest.raises(OutOfScope):
            _board("children")(connection, nobody)


def test_another_county_sees_nothing_of_this_one(county: Engine) -> None:
    other = Scope.whole("990522")
    with read(county) as connection:
        assert read_targets(connection, other, year=2026).empty
        assert read_versions(connection, other, FIRST).empty
        assert read_directory(connection, other, day=JANUARY).units.empty


def test_a_village_that_moved_takes_its_history_along(own_county: Engine) -> None:
    put(own_county, unit(SECOND, Level.VILLAGE, SOUTH, valid_from=date(2026, 3, 1)), at=moment(3, 1))
    with read(own_county) as connection:
        assert read_versions(connection, Scope.of(COUNTY, units=[NORTH]), SECOND).empty
        assert len(read_versions(connection, Scope.of(COUNTY, units=[SOUTH]), SECOND)) == 1


def test_scopes_are_keys() -> None:
    assert Scope.of(COUNTY, units=[NORTH, SOUTH]) == Scope.of(COUNTY, units=[SOUTH, NORTH])
    assert len({Scope.whole(COUNTY), Scope.of(COUNTY, units=[COUNTY])}) == 1
