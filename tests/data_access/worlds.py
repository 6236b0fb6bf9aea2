"""Random small counties, and how they are written: 2 townships, 5 villages, 2 indicators, a year of facts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import Engine

from data_access.engine import write
from data_access.records import (
    ChecklistMarkRecord,
    CurveRecord,
    DepartmentRecord,
    IndicatorRecord,
    ReportRecord,
    SubmissionRecord,
    TargetRecord,
    UnitRecord,
)
from data_access.writes import Written, move_submission, rebuild, record_submission, write_records
from metrics.vocabulary import (
    Accumulation,
    Cadence,
    Comparator,
    Kind,
    Layer,
    Level,
    MeasuredFrom,
    Quality,
    SubmissionState,
    TargetChange,
)
from tests.data_access.oracle import MONTHS, Marked, Said, World, month_ends

BEGIN = date(2025, 1, 1)
FOUNDED, MOVED_ON = date(2026, 3, 20), date(2026, 5, 1)
PERIODS = month_ends(2026)[:6]
# What befalls a workbook after it was handed in.
BEFALLS = (
    (),
    (SubmissionState.ACCEPTED,),
    (SubmissionState.ACCEPTED,),
    (SubmissionState.RETURNED,),
    (SubmissionState.ACCEPTED, SubmissionState.RETURNED),
)
Act = Callable[[Any, str, datetime, World], None]


class Moments:
    """Each write happens a day after the one before."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def next(self) -> datetime:
        self.now += timedelta(days=1)
        return self.now


def units(county: str) -> list[UnitRecord]:
    made = [UnitRecord(county, Level.COUNTY, None, "县", "县", 0, BEGIN)]
    for place in ("101", "102"):
        township = county + place
        made.append(UnitRecord(township, Level.TOWNSHIP, county, f"乡{place}", "乡", 0, BEGIN))
        for village in ("201", "202"):
            tags = ("重点村",) if village == "201" else ()
            made.append(
                UnitRecord(township + village, Level.VILLAGE, township, village, "村", 0, BEGIN, tags)
            )
    # Founded in the middle of the year.
    late = replace(made[-1], code=f"{county}102203", name="203", valid_from=FOUNDED, tags=("重点村",))
    return [*made, late]


def define(code: str, draw: st.DrawFn) -> IndicatorRecord:
    kind = draw(st.sampled_from((Kind.ACCUMULATE, Kind.LEVEL, Kind.MILESTONE, Kind.CHECKLIST, Kind.DUTY)))
    level = draw(st.sampled_from((Level.VILLAGE, Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY)))
    return IndicatorRecord(
        code=code,
        name=code,
        short_name=code,
        field="产业",
        measure="户",
        scale=0,
        kind=kind,
        lower_is_better=False,
        accumulation=draw(st.sampled_from(tuple(Accumulation))),
        cadence=draw(st.sampled_from((Cadence.MONTH, Cadence.MONTH, Cadence.QUARTER))),
        due_day=5,
        level_reported=Level.VILLAGE if kind is Kind.CHECKLIST else level,
        is_key=False,
        is_whole=True,
        is_ratio=draw(st.booleans()) if kind is Kind.LEVEL else False,
        definition="口径",
        source="文件",
        sort=1,
        valid_from=BEGIN,
        scope_tag=draw(st.sampled_from((None, None, "重点村"))) if level is Level.VILLAGE else None,
        items=(("a", "通水"), ("b", "通电")) if kind is Kind.CHECKLIST else (),
    )


@st.composite
def scenarios(draw: st.DrawFn) -> list[tuple[str, Any]]:
    """A list of things that happen, each drawn without knowing the county's code: units by their suffix."""
    definitions = [define("A", draw), define("B", draw)]
    steps: list[tuple[str, Any]] = [("indicators", definitions)]
    count = iter(range(3, 10_000))
    for _ in range(draw(st.integers(4, 12))):
        what = draw(
            st.sampled_from(("report", "report", "report", "target", "target", "mark", "curve", "move"))
        )
        definition = draw(st.sampled_from(definitions))
        steps.append((what, _drawn(what, definition, draw, next(count))))
    return steps


def _drawn(what: str, definition: IndicatorRecord, draw: st.DrawFn, number: int) -> dict[str, Any]:
    suffixes = {
        Level.VILLAGE: ("101201", "101202", "102201", "102202", "102203"),
        Level.TOWNSHIP: ("101", "102"),
        Level.COUNTY: ("",),
    }[definition.level_reported]
    drawn: dict[str, Any] = {"indicator": definition.code, "suffix": draw(st.sampled_from(suffixes))}
    if what == "target":
        drawn |= {
            "issuer": draw(st.sampled_from(("县", "市"))),
            "is_breakdown": draw(st.booleans()),
            "principal": draw(st.sampled_from((None, None, True, False))),
            "kind": definition.kind,
            "comparator": draw(st.sampled_from((Comparator.AT_LEAST, Comparator.AT_MOST))),
            "low": draw(st.sampled_from((None, 0, number, number, number))),
            "base": draw(st.sampled_from((None, 1, 2))),
            "measured_from": draw(st.sampled_from((*[None] * 4, MeasuredFrom.BASE, MeasuredFrom.LAST_YEAR))),
            "no_task": draw(st.sampled_from((False, False, False, True))),
            "valid_from": draw(st.sampled_from((date(2026, 1, 1), date(2026, 3, 15), date(2026, 5, 31)))),
            "change": draw(st.sampled_from((TargetChange.SET, TargetChange.RAISE))),
            "text": str(number),
        }
    elif what == "report":
        fitting = [day for day in PERIODS if day.month % MONTHS[definition.cadence] == 0]
        quality = draw(st.sampled_from((*[Quality.EXACT] * 3, Quality.APPROXIMATE, Quality.MASKED)))
        drawn |= {
            "periods": draw(st.lists(st.sampled_from(fitting), min_size=1, max_size=6, unique=True)),
            "value": draw(st.sampled_from((None, 0, number, number, number))),
            "numerator": draw(st.sampled_from((None, number, number))),
            "high": draw(st.sampled_from((None, None, number + 5))),
            "quality": quality,
            "doubt": draw(st.sampled_from((None, None, "突增"))),
            "layer": draw(st.sampled_from((*[Layer.REPORTED] * 4, Layer.VERIFIED))),
            "text": str(number),
            "states": draw(st.sampled_from(BEFALLS)),
        }
    elif what == "mark":
        drawn |= {
            "item": draw(st.sampled_from(("a", "b"))),
            "day": draw(st.sampled_from((date(2025, 12, 1), date(2026, 2, 10), date(2026, 4, 30)))),
            "met": draw(st.booleans()),
            # None: entered by the county itself, without a workbook.
            "states": draw(st.sampled_from((None, *BEFALLS))),
        }
    elif what == "move":
        tags = draw(st.sampled_from(((), ("重点村",))))
        drawn |= {"suffix": "101202", "to": draw(st.sampled_from(("101", "102"))), "tags": tags}
    return drawn


def play(engine: Engine, county: str, steps: list[tuple[str, Any]], *, defer: bool = False) -> World:
    """Write a scenario into a county and remember what was written."""
    world, clock = World(), Moments()
    at = clock.next()
    world.units = [(at, record) for record in units(county)]
    # One transaction: what the disk does between the steps is not what is tested here.
    with write(engine) as connection:
        office = DepartmentRecord("D", "局", "局", 1)
        write_records(connection, county, [office, *units(county)], recorded_at=at, author="甲")
        for what, drawn in steps:
            _step(connection, county, what, drawn, clock, world, defer)
        if defer:
            rebuild(connection, county)
    return world


def _step(
    connection: Any, county: str, what: str, drawn: Any, clock: Moments, world: World, defer: bool
) -> None:
    at = clock.next()

    def put(*records: Any, submission: int | None = None) -> Written:
        return write_records(
            connection,
            county,
            records,
            recorded_at=at,
            author="甲",
            submission=submission,
            defer_rollup=defer,
        )

    if what == "indicators":
        put(*drawn)
        world.indicators = [(at, record) for record in drawn]
        return
    unit, code = county + drawn["suffix"], drawn["indicator"]
    if what == "target":
        fields = {name: value for name, value in drawn.items() if name not in ("suffix", "indicator")}
        aim = TargetRecord(code, unit, 2026, deadline=date(2026, 12, 31), **fields)
        put(aim)
        world.targets.append((at, aim))
    elif what == "curve":
        curve = CurveRecord("自定", "linear", (("12-31", 1.0),), date(2026, 3, 1), code, unit, reason=str(at))
        put(curve)
        world.curves.append((at, curve))
    elif what == "mark":
        definition = next(record for _, record in world.indicators if record.code == code)
        if definition.kind is Kind.CHECKLIST:
            _mark(connection, county, drawn, at, clock, world, put, defer)
    elif what == "move":
        mover = next(record for _, record in world.units if record.code == unit)
        moved = replace(mover, parent=county + drawn["to"], tags=drawn["tags"], valid_from=MOVED_ON)
        put(moved)
        world.units.append((at, moved))
    else:
        _hand_in(connection, county, drawn, at, clock, world, put, defer)


def _mark(
    connection: Any,
    county: str,
    drawn: dict[str, Any],
    at: datetime,
    clock: Moments,
    world: World,
    put: Callable[..., Written],
    defer: bool,
) -> None:
    unit = county + drawn["suffix"]
    mark = ChecklistMarkRecord(drawn["indicator"], unit, drawn["item"], drawn["day"], drawn["met"])
    submission = None if drawn["states"] is None else _submission(connection, county, unit, at)
    written = put(mark, submission=submission)
    states = [] if submission is None else _befall(connection, county, submission, drawn, at, clock, defer)
    # What says nothing new stays with the workbook that said it first.
    if written.counts["mark"].changed:
        world.marks.append(Marked(mark, at, states))


def _hand_in(
    connection: Any,
    county: str,
    drawn: dict[str, Any],
    at: datetime,
    clock: Moments,
    world: World,
    put: Callable[..., Written],
    defer: bool,
) -> None:
    unit = county + drawn["suffix"]
    numerator = drawn["numerator"]
    records = [
        ReportRecord(
            drawn["indicator"],
            unit,
            unit[:9],
            period,
            drawn["value"],
            drawn["quality"],
            high=drawn["high"] if drawn["value"] is not None else None,
            numerator=numerator,
            denominator=None if numerator is None else numerator + 7,
            text=drawn["text"],
            doubt=drawn["doubt"],
            reason="核实后更正",
            layer=drawn["layer"],
        )
        for period in sorted(drawn["periods"])
    ]
    submission = _submission(connection, county, unit, at)
    put(*records, submission=submission)
    states = _befall(connection, county, submission, drawn, at, clock, defer)
    world.said += [Said(record, at, states) for record in records]


def _submission(connection: Any, county: str, unit: str, at: datetime) -> int:
    form = SubmissionRecord(unit, "report", None, "月报.xlsx", "0", "0", "乙", at)
    return record_submission(
        connection, county, form, recorded_at=at, state=SubmissionState.SUBMITTED, actor="乙"
    )


def _befall(
    connection: Any,
    county: str,
    submission: int,
    drawn: dict[str, Any],
    at: datetime,
    clock: Moments,
    defer: bool,
) -> list[tuple[datetime, SubmissionState]]:
    """Move a workbook as drawn; its states with their moments."""
    states = [(at, SubmissionState.SUBMITTED)]
    for state in drawn["states"]:
        moment = clock.next()
        move_submission(connection, county, submission, state, actor="丙", at=moment, defer_rollup=defer)
        states.append((moment, state))
    return states
