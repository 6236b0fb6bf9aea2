"""Names that leave a list of a notice, or join it, are told by name, by the search and by the correction."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from briefing.load import Frame
from briefing.villages import load_villages
from data_access.engine import read
from metrics.vocabulary import Step
from notices.content import Paper, Paragraph, Run, Table, plain, text_of
from notices.correction import parts_of, parts_saying
from notices.figures import Figures
from notices.flow import make_correction
from notices.lists import as_printed, lists_of, moved, names_in, stands_in
from notices.opened import corrected_since
from notices.told import finding_text
from tests.conftest import written_once
from tests.data_access.county import COUNT, NORTH, SOUTH
from tests.notices.office import (
    DRAFTER,
    MAY,
    NOW,
    WHOLE,
    begun,
    check,
    chosen,
    do,
    drafted,
    go_out,
    issue,
    look,
    refused,
    report,
    snapshot,
)

OTHER_NUMBER = "云政办通报〔2026〕9号"
FOUND_OUT, AFTER = NOW + timedelta(days=10), datetime(2026, 7, 2, tzinfo=UTC)
BEHIND, FLAGGED = f"list|behind|{COUNT}", "list|flagged"


@pytest.fixture(scope="module")
def sqlite_start(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written_once(begun(sqlite_template), tmp_path_factory.mktemp("lists"), go_out)


@pytest.fixture
def office(sqlite_engine: Engine) -> Engine:
    """The county with its first notice issued: the north lags, the south does not."""
    return sqlite_engine


def _changed(engine: Engine, at: datetime = AFTER) -> dict[str, tuple[str, str]]:
    with read(engine) as connection:
        found = corrected_since(connection, WHOLE, look(engine), at)
    return {each.key: (each.found, each.wanted) for each in found if each.key.startswith("list|")}


def _turned(engine: Engine) -> int:
    """The north had done all along what was asked, and the south next to nothing; the snapshot after."""
    for month in range(1, 6):
        report(engine, month, NORTH, 30 if month == 5 else 5, FOUND_OUT, "漏报")
        report(engine, month, SOUTH, 0, FOUND_OUT, "误报")
    return snapshot(engine, AFTER)


def test_who_left_a_list_and_who_joined_it_is_found(office: Engine) -> None:
    assert _changed(office) == {}
    _turned(office)
    north, south = "单位101", "单位102"
    found = _changed(office)
    assert found[BEHIND] == found[FLAGGED] == (north, south)
    assert found[f"list|targets|{NORTH}"] == (f"指标{COUNT}", "无")
    assert found[f"list|targets|{SOUTH}"] == ("无", f"指标{COUNT}")
    assert found["list|praised"] == (south, north)
    # Nobody was silent, and nobody is.
    assert not {"list|silent", "list|some_silent"} & set(found)


def test_a_correction_has_a_line_for_each_list_and_is_not_asked_for_again(office: Engine) -> None:
    newer = _turned(office)
    number = make_correction(office, WHOLE, 1, newer, actor=DRAFTER, moment=AFTER)
    [table] = [block for block in look(office, number).paper.blocks if isinstance(block, Table)]
    rows = [tuple(text_of(cell) for cell in row) for row in table.rows]
    left_and_joined = "不再列入：单位101（有关内容删去）；新列入：单位102"
    told = {row[0]: row[1:] for row in rows}
    assert told["滞后单位名单"] == ("第四部分", "单位101", "单位102", left_and_joined)
    assert told[f"“指标{COUNT}”滞后的乡镇名单"] == ("第二部分", "单位101", "单位102", left_and_joined)
    assert told["进展较好的单位名单"][:3] == ("第三部分", "单位102", "单位101")
    assert told["单位102滞后的目标"] == ("附件2", "无", f"指标{COUNT}", f"新列入：指标{COUNT}")
    asked = "下一步要求中“查明滞后原因”的责任单位"
    assert told[asked] == ("第五部分", "单位101", "单位102", left_and_joined)
    # Of the target that left its unit's list no figure is told besides: its row is taken out.
    cells = {row[0] for row in rows if row[0].startswith(f"单位101 指标{COUNT}")}
    assert cells == {f"单位101 指标{COUNT} 进度"}
    _hear_and_issue(office, number)
    assert _changed(office, AFTER + timedelta(days=1)) == {}


def _hear_and_issue(engine: Engine, number: int) -> None:
    """Whom only the correction criticises is heard like everybody else; then it goes out."""
    check(engine, number, AFTER)
    with refused(engine, "not_heard"):
        issue(engine, number, AFTER, OTHER_NUMBER)
    do(engine, Step.ASKED, DRAFTER, number, AFTER, day=AFTER.date() + timedelta(days=3))
    do(engine, Step.ANSWERED, DRAFTER, number, AFTER, unit=SOUTH)
    issue(engine, number, AFTER, OTHER_NUMBER)


def test_who_is_newly_criticised_is_named_with_figures_and_heard(office: Engine) -> None:
    number = make_correction(office, WHOLE, 1, _turned(office), actor=DRAFTER, moment=AFTER)
    held = look(office, number)
    assert held.named == (SOUTH,)
    texts = [block.text for block in held.paper.blocks if isinstance(block, Paragraph)]
    place = texts.index("新列入滞后单位的情况如下：")
    assert texts[place + 1].startswith("1．单位102。应评判目标1项") and "列入原因：" in texts[place + 1]
    assert {run.key for run in held.paper.bound()} >= {f"unit|{SOUTH}|flag", f"cell|{SOUTH}|{COUNT}|gap"}


def test_a_correction_of_a_notice_that_criticises_nobody_hears_nobody(office: Engine) -> None:
    number = drafted(office, is_criticism=False)
    check(office, number)
    issue(office, number, note=OTHER_NUMBER)
    made = make_correction(office, WHOLE, number, _turned(office), actor=DRAFTER, moment=AFTER)
    assert look(office, made).named == ()


def test_the_draft_of_a_correction_is_watched_itself(office: Engine) -> None:
    number = make_correction(office, WHOLE, 1, _turned(office), actor=DRAFTER, moment=AFTER)
    later = AFTER + timedelta(days=2)

    def found() -> set[str]:
        with read(office) as connection:
            return {each.key for each in corrected_since(connection, WHOLE, look(office, number), later)}

    assert found() == set()
    report(office, 5, NORTH, 3, AFTER + timedelta(days=1), "再核")
    assert f"cell|{NORTH}|{COUNT}|completion" in found()
    _hear_and_issue(office, number)
    assert found() == set()


def test_a_list_is_quoted_in_the_order_of_the_notice() -> None:
    names = (Run("乙乡", "unit|2|name"), Run("、"), Run("甲乡", "unit|1|name"))
    paper = Paper("通报", (Paragraph("point", (Run("饮水", "indicator|a|name"), *names)),))
    assert as_printed("list|behind|a", paper, "甲乡、乙乡") == "乙乡、甲乡"
    # Where the paper names fewer, or another list, the order of units.
    assert as_printed("list|behind|a", paper, "甲乡、乙乡、丙乡") == "甲乡、乙乡、丙乡"
    assert as_printed("list|behind|b", paper, "甲乡、乙乡") == "甲乡、乙乡"
    assert as_printed("list|asked|lagging", paper, "甲乡、乙乡") == "甲乡、乙乡"


def test_the_search_says_a_list_by_who_changed(office: Engine) -> None:
    _turned(office)
    with read(office) as connection:
        found = corrected_since(connection, WHOLE, look(office), AFTER)
    told = [finding_text(each, "zh") for each in found if each.key == FLAGGED]
    assert told == ["不再列入：单位101（有关内容删去）；新列入：单位102（滞后单位名单）"]


def test_a_notice_holds_the_lists_it_was_asked_for(office: Engine) -> None:
    with read(office) as connection:
        figures = Figures(load_villages(connection, Frame(WHOLE, 2026, MAY, None, NOW)))
    paper = look(office).paper
    held = lists_of(paper, chosen(office), figures)
    assert {FLAGGED, "list|silent", "list|some_silent", "list|praised", f"list|targets|{NORTH}"} <= set(held)
    plain_one = lists_of(paper, chosen(office, has_praise=False, annexes=("items",)), figures)
    assert set(held) - set(plain_one) == {"list|praised", f"list|targets|{NORTH}", f"list|targets|{SOUTH}"}
    assert "list|items" in plain_one
    # A correction says figures only: its lists are those of the notice that it corrects.
    assert lists_of(Paper("更正", (Paragraph("body", plain("更正")),)), chosen(office), figures) == ()
    assert names_in(figures, "items") == "无"
    with pytest.raises(KeyError):
        names_in(figures, "others")


def test_where_a_list_stands_is_told_by_what_stands_beside_its_names() -> None:
    heading, annex = Paragraph("heading", plain("一、指标")), Paragraph("annex", plain("附件1"))
    point = Paragraph("point", (Run("饮水", "indicator|a|name"),))
    row = Table(
        ("状态",),
        (1.0,),
        (False,),
        (((Run("滞后", "cell|x|a|state_said"), Run("饮水", "indicator|a|name")),),),
    )
    parts = parts_of(Paper("通报", (heading, point, annex, row)))
    assert parts_saying("list|behind|a", parts) == ("第一部分",)
    assert parts_saying("list|targets|x", parts) == ("附件1",)
    assert parts_saying("list|behind|b", parts) == () and stands_in("list|flagged", parts) == set()


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("甲乡、乙乡", "乙乡", "不再列入：甲乡（有关内容删去）"),
        ("无", "甲乡、乙乡", "新列入：甲乡、乙乡"),
        ("甲乡", "无", "不再列入：甲乡（有关内容删去）"),
    ],
)
def test_a_change_of_a_list_is_said_by_its_names(was: str, now: str, said: str) -> None:
    assert moved(was, now, "zh") == said
