"""Looking changes nothing, applying changes all or nothing, the same file twice changes nothing."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import openpyxl
import pytest
from sqlalchemy import Connection, Engine, event, func, select
from sqlalchemy.exc import OperationalError

from data_access.engine import read
from data_access.facts import read_submissions
from data_access.rollup import check
from data_access.schema import metadata, report
from intake.errors import PlanBlocked, PlanOutdated
from intake.plan import apply
from tests.intake.county import (
    COUNTY,
    NOW,
    SCOPE,
    TOWNSHIPS,
    breakdown_workbook,
    figure,
    load,
    look,
    report_workbook,
    setup_workbook,
    target,
)
from tests.intake.files import saved

HOME = TOWNSHIPS[0]
ROWS = [figure("ZF01", f"{HOME}20{number}", number) for number in range(1, 5)]
GOOD = report_workbook(ROWS)
LATER = datetime(2026, 4, 5, tzinfo=UTC)


def _rows(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
        }


def _submissions(engine: Engine) -> list[tuple[str, str]]:
    with read(engine) as connection:
        frame = read_submissions(connection, SCOPE)
    return [(row["form"], row["state"]) for row in frame.to_dict("records")]


# Named: a workbook holds the second it was made, and every worker must call the tests the same.
@pytest.mark.parametrize(
    "content",
    [GOOD, breakdown_workbook([target("ZF01", HOME, 3)]), setup_workbook()],
    ids=["report", "breakdown", "setup"],
)
def test_looking_changes_nothing(county: Engine, content: bytes) -> None:
    before = _rows(county)
    look(county, content)
    assert _rows(county) == before


def test_a_report_waits_for_acceptance_unless_told_otherwise(county: Engine) -> None:
    assert load(county, GOOD, accept=False).submission is not None
    assert _submissions(county)[0] == ("report", "submitted")
    load(county, report_workbook(ROWS[:1], unit=HOME, period=date(2026, 1, 31)), now=LATER)
    assert ("report", "accepted") in _submissions(county)


def test_targets_and_definitions_hold_at_once(county: Engine) -> None:
    load(county, breakdown_workbook([target("ZF01", HOME, 3)]), accept=False)
    assert ("breakdown", "accepted") in _submissions(county)


def test_the_same_file_twice_changes_nothing_and_says_so(county: Engine) -> None:
    load(county, GOOD)
    before = _rows(county)
    again = look(county, GOOD, now=LATER)
    assert again.changes_nothing and not again.may_apply and not again.blocking
    assert again.earlier is not None and again.earlier.file_name == "报表.xlsx"
    assert "内容相同" in again.note("zh") and "测试员" in again.note("zh")
    applied = apply(county, again, author="测试员", recorded_at=LATER)
    assert applied.submission is None and applied.written.new == 0
    assert _rows(county) == before


def test_a_copy_saved_anew_with_its_rows_turned_round_is_the_same_content(county: Engine) -> None:
    load(county, GOOD)
    book = openpyxl.load_workbook(io.BytesIO(report_workbook(ROWS[::-1])))
    book["报送数据"]["A1"].value = "另一个标题"
    looked = look(county, saved(book), now=LATER)
    assert looked.changes_nothing and looked.earlier is not None


def test_one_cell_changed_is_one_figure(county: Engine) -> None:
    load(county, GOOD)
    before = _rows(county)["report"]
    changed = [*ROWS[:3], ROWS[3] | {"value": 9, "reason": "补报"}]
    looked = look(county, report_workbook(changed), now=LATER)
    assert [str(change.what) for change in looked.changes] == ["unchanged"] * 3 + ["corrected"]
    assert looked.note("zh") == "将新增 0 条、更正 1 条，另有 3 条与已有内容相同。"
    load(county, report_workbook(changed), now=LATER)
    assert _rows(county)["report"] == before + 1


def test_one_bad_cell_keeps_the_whole_workbook_out(county: Engine) -> None:
    before = _rows(county)
    looked = look(county, report_workbook([*ROWS, figure("ZF01", f"{HOME}205", "abc")]))
    assert len(looked.changes) == 4 and not looked.may_apply
    with pytest.raises(PlanBlocked) as refused:
        apply(county, looked, author="测试员", recorded_at=NOW)
    assert "1 处" in refused.value.sentence("zh")
    assert _rows(county) == before


@contextmanager
def _failing_at(engine: Engine, number: int) -> Iterator[list[int]]:
    """Let the k-th statement of the connection fail as a full disk would."""
    seen = [0]

    def fail(connection: Connection, cursor: object, statement: str, *_: object) -> None:
        seen[0] += 1
        if seen[0] == number:
            raise OperationalError(statement, None, Exception("database or disk is full"))

    event.listen(engine, "before_cursor_execute", fail)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", fail)


def test_a_fault_at_any_statement_leaves_nothing(county: Engine) -> None:
    looked = look(county, GOOD)
    before = _rows(county)
    number = 1
    while True:
        with _failing_at(county, number) as seen:
            try:
                apply(county, looked, author="测试员", recorded_at=NOW, accept=True)
            except OperationalError:
                assert seen[0] == number
            else:
                break
        assert _rows(county) == before, f"statement {number} left something behind"
        number += 1
    assert number > 8
    assert _rows(county)["report"] == before["report"] + 4
    with read(county) as connection:
        assert check(connection, COUNTY) == []


def test_what_others_wrote_meanwhile_is_not_written_over(county: Engine) -> None:
    first = look(county, GOOD)
    load(county, report_workbook([ROWS[0] | {"value": 99}]))
    with pytest.raises(PlanOutdated) as refused:
        apply(county, first, author="测试员", recorded_at=LATER)
    assert refused.value.remedy("zh")
    with county.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(report)) == 1


def test_the_same_file_confirmed_twice_at_once_is_written_once(county: Engine) -> None:
    first, second = look(county, GOOD), look(county, GOOD)
    assert apply(county, first, author="测试员", recorded_at=NOW).submission is not None
    again = apply(county, second, author="测试员", recorded_at=LATER)
    assert again.submission is None and again.earlier is not None


def test_an_explanation_alone_is_written_though_others_wrote_meanwhile(county: Engine) -> None:
    load(county, GOOD)
    explained = look(county, report_workbook([ROWS[0] | {"text": "等待验收"}, *ROWS[1:]]), now=LATER)
    load(county, report_workbook([figure("ZF01", TOWNSHIPS[1] + "201", 5)], unit=TOWNSHIPS[1]), now=LATER)
    assert apply(county, explained, author="测试员", recorded_at=LATER).written.new == 1


def test_what_others_wrote_elsewhere_is_no_hindrance(county: Engine) -> None:
    first = look(county, GOOD)
    other = TOWNSHIPS[1]
    load(county, report_workbook([figure("ZF01", other + "201", 5)], unit=other))
    assert apply(county, first, author="测试员", recorded_at=LATER).written.new == 4


def test_the_roll_up_follows_in_the_same_transaction_on_both_engines(engine: Engine) -> None:
    load(engine, setup_workbook())
    load(
        engine,
        breakdown_workbook([target("ZF01", f"{HOME}20{number}", 9) for number in range(1, 5)]),
        now=LATER,
    )
    load(engine, GOOD, now=datetime(2026, 4, 6, tzinfo=UTC))
    with read(engine) as connection:
        assert check(connection, COUNTY) == []
