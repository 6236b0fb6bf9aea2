"""Text from people stays text: nothing in a snapshot becomes a formula."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import Engine

from briefing.load import Frame
from briefing.villages import load_villages
from data_access.engine import read
from data_access.records import (
    DepartmentRecord,
    DutyRecord,
    ExplanationRecord,
    IssueEventRecord,
    IssueRecord,
    PersonRecord,
    SettingRecord,
)
from data_access.scope import Scope
from metrics.periods import periods_of_year
from metrics.vocabulary import Cadence, IssueState, Level
from notices.excel import Block, Column, Page, workbook
from notices.snapshot import snapshot
from tests.data_access.county import (
    COUNT,
    COUNTY,
    NORTH,
    START,
    VILLAGES,
    hand_in_now,
    indicator,
    moment,
    put,
    report,
    target,
    unit,
    units,
)
from tests.notices.conftest import cells

JUNE = date(2026, 6, 30)
ATTACKS = (
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "\x01=1+1",
    "\x0b+1",
)


@pytest.mark.parametrize("text", ATTACKS)
def test_text_never_becomes_a_formula(text: str) -> None:
    page = Page(text[-3:], text, text, [Block(text, [Column(text, 9), Column("值", 9)], [[text, 1]])], [text])
    sheet = load_workbook(BytesIO(workbook([replace(page, name="表")])))["表"]
    written = [cell for cell in cells(sheet) if cell.value not in ("值", 1)]
    assert len(written) == 6
    for cell in written:
        assert cell.data_type == "s" and cell.quotePrefix, (cell.coordinate, cell.value)


@pytest.fixture(scope="module")
def sqlite_start(sqlite_template: Path) -> Path:
    """Nothing: the county here has names of its own."""
    return sqlite_template


@pytest.fixture
def hostile(sqlite_engine: Engine) -> Workbook:
    """The snapshot of a county in which every text that people enter begins like a formula."""
    north = unit(NORTH, Level.TOWNSHIP, COUNTY, name=ATTACKS[0])
    village = unit(VILLAGES[NORTH][0], Level.VILLAGE, NORTH, name=ATTACKS[1])
    changed = {north.code: north, village.code: village}
    put(
        sqlite_engine,
        *(changed.get(one.code, one) for one in units()),
        DepartmentRecord("D01", ATTACKS[3], ATTACKS[3], 1),
        PersonRecord("P1", ATTACKS[2], ATTACKS[2], unit=NORTH),
        DutyRecord("P1", ATTACKS[3], START, unit=NORTH),
        DutyRecord("P1", ATTACKS[3], START, unit=village.code),
        indicator(COUNT, name=ATTACKS[1], short_name=ATTACKS[2], measure=ATTACKS[3]),
        target(COUNT, NORTH, 90),
        *(target(COUNT, code, 45) for code in VILLAGES[NORTH]),
        SettingRecord("county.title", ATTACKS[0]),
        IssueRecord(
            "=1+2", NORTH, ATTACKS[1], ATTACKS[2], ATTACKS[0], ATTACKS[0], date(2026, 1, 9), date(2026, 2, 1)
        ),
        IssueEventRecord("=1+2", IssueState.WORKING, date(2026, 1, 9), ATTACKS[3]),
    )
    said = ExplanationRecord(COUNT, NORTH, JUNE, ATTACKS[1], ATTACKS[0], ATTACKS[2], None, ATTACKS[3])
    for day in periods_of_year(Cadence.MONTH, 2026)[: JUNE.month]:
        reports = [report(COUNT, code, day, 1) for code in VILLAGES[NORTH]]
        hand_in_now(
            sqlite_engine,
            [*reports, *([said] if day == JUNE else [])],
            at=moment(day.month + 1, 2),
            period=day,
        )
    frame = Frame(Scope.whole(COUNTY), 2026, JUNE, None, datetime(2026, 7, 20, tzinfo=UTC))
    with read(sqlite_engine) as connection:
        made = snapshot(load_villages(connection, frame))
    return load_workbook(BytesIO(made))


def test_hostile_names_reach_every_sheet_as_text(hostile: Workbook) -> None:
    seen = set()
    for sheet in hostile.worksheets:
        for cell in cells(sheet):
            assert cell.data_type != "f", (sheet.title, cell.coordinate)
            if isinstance(cell.value, str) and cell.value[:1] in "=+-@" and cell.value != "-":
                assert cell.quotePrefix, (sheet.title, cell.coordinate)
                seen.add((sheet.title, cell.value))
    for sheet, text in (
        ("总览", ATTACKS[0]),
        ("总览", ATTACKS[1]),
        ("乡镇重点指标", ATTACKS[2]),
        ("乡镇排名", ATTACKS[0]),
        ("滞后村", ATTACKS[1]),
        ("整改在办", "=1+2"),
        ("整改在办", ATTACKS[2]),
    ):
        assert (sheet, text) in seen
