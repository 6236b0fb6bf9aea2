"""Figures corrected after a notice was issued: they are found, and a newer notice says was and is."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from briefing.load import Frame
from briefing.snapshots import take
from briefing.villages import load_villages
from data_access.engine import read
from data_access.errors import NotFound, NoticeUnknown, SnapshotUnknown
from metrics.vocabulary import NoticeState, Step
from notices.checking import CORRECTED, Finding
from notices.content import Paper, Paragraph, Run, Table, plain, text_of
from notices.correction import correction, parts_of, parts_saying
from notices.figures import Figures
from notices.flow import make_correction
from notices.opened import corrected_since
from tests.conftest import written_once
from tests.data_access.county import COUNT, NORTH, moment
from tests.notices.office import (
    APRIL,
    CLOSING,
    COMPLETION,
    DRAFTER,
    HEAD,
    MAY,
    NOW,
    NUMBER,
    READER,
    TAKEN,
    TODAY,
    WHOLE,
    begun,
    bring,
    check,
    chosen,
    do,
    drafted,
    go_out,
    issue,
    look,
    nothing_written,
    paper_file,
    refused,
    report,
    snapshot,
    steps,
)

FOUND_OUT = NOW + timedelta(days=10)
AFTER = datetime(2026, 7, 2, tzinfo=UTC)
ONE_DAY = timedelta(days=1)
OTHER_NUMBER, THIRD_NUMBER = "云政办通报〔2026〕9号", "云政办通报〔2026〕10号"
DONE = ("单位101 指标count 完成率",)


@pytest.fixture(scope="module")
def sqlite_start(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written_once(begun(sqlite_template), tmp_path_factory.mktemp("corrections"), go_out)


@pytest.fixture
def office(sqlite_engine: Engine) -> Engine:
    """The county with its first notice issued."""
    return sqlite_engine


def found_out(engine: Engine) -> int:
    """The north had forgotten eight households of each village; the number of the snapshot after."""
    report(engine, 5, NORTH, 9, FOUND_OUT, "漏报")
    return snapshot(engine, AFTER)


def found_again(engine: Engine, value: int = 10, at: datetime = AFTER + ONE_DAY) -> int:
    """And once more: the number of the snapshot after."""
    report(engine, 5, NORTH, value, at, "再核")
    return snapshot(engine, at + ONE_DAY)


def corrected(engine: Engine, at: datetime = AFTER) -> list[Finding]:
    with read(engine) as connection:
        return corrected_since(connection, WHOLE, look(engine), at)


def said(engine: Engine, at: datetime = AFTER, key: str = COMPLETION) -> list[tuple[str, str]]:
    """What was said of one figure, and what is so now; nothing where they agree."""
    return [(each.found, each.wanted) for each in corrected(engine, at) if each.key == key]


def correct(engine: Engine, of: int, number: int = 1, actor: str = DRAFTER, at: datetime = AFTER) -> int:
    return make_correction(engine, WHOLE, number, of, actor=actor, moment=at)


def goes_out(engine: Engine, number: int, at: datetime = AFTER, note: str = OTHER_NUMBER) -> None:
    check(engine, number, at)
    issue(engine, number, at, note)


def rows(engine: Engine, number: int) -> list[tuple[str, ...]]:
    """What each line says it is of, said first, and says now."""
    return [(row[0], row[2], row[3]) for row in whole_rows(engine, number)]


def whole_rows(engine: Engine, number: int) -> list[tuple[str, ...]]:
    [table] = [block for block in look(engine, number).paper.blocks if isinstance(block, Table)]
    return [tuple(text_of(cell) for cell in row) for row in table.rows]


def test_a_corrected_figure_is_found(office: Engine) -> None:
    assert corrected(office) == []
    found_out(office)
    found = {each.key: each for each in corrected(office)}
    assert found[COMPLETION] == Finding(CORRECTED, COMPLETION, "21.7%", "8.3%", *DONE)
    # The moment of knowledge is another one by its nature, and what is still right is not told.
    assert not {"frame|known_at", "frame|as_of", "units|townships"} & set(found)
    assert len(found) == len(corrected(office))


def test_of_what_left_its_list_only_that_is_told(office: Engine) -> None:
    """The rows and sentences of it are taken out with all their figures."""
    report(office, 5, NORTH, 60, FOUND_OUT, "漏报")
    found = {each.key: each for each in corrected(office)}
    assert not {f"cell|{NORTH}|{COUNT}|days", f"unit|{NORTH}|flag"} & set(found)
    told = rows(office, correct(office, snapshot(office, AFTER)))
    assert ("单位101滞后的目标", "指标count", "无") in told


def test_what_is_no_longer_there_is_taken_out(office: Engine) -> None:
    with read(office) as connection:
        now = Figures(load_villages(connection, Frame(WHOLE, 2026, MAY, None, NOW)))
    lines = [Finding(CORRECTED, "issue|1|days", "", "12天", "整改事项1的逾期天数")]
    made = correction(look(office).paper, NUMBER, look(office).choices, lines, now, now)
    [table] = [block for block in made.blocks if isinstance(block, Table)]
    assert [text_of(cell) for cell in table.rows[0]] == ["整改事项1的逾期天数", "—", "12天", "（删去）", "—"]


def test_a_correction_says_what_was_and_what_is(office: Engine) -> None:
    newer = found_out(office)
    assert correct(office, newer) == 2
    held, first = look(office, 2), look(office)
    assert (held.notice.corrects, held.notice.snapshot, held.named) == (1, newer, ())
    assert held.paper.name == "关于更正《关于2026年度1—5月目标任务进展情况的通报》有关数据的通报"
    told = rows(office, 2)
    assert (*DONE, "8.3%", "21.7%") in told
    assert ("单位521 指标count 实际完成", "60户", "76户") in told
    assert ("各乡镇严重滞后的目标项数", "1", "0") in told
    assert len(told) == len(corrected(office))
    body = next(
        each.text for each in held.paper.blocks if isinstance(each, Paragraph) and each.style == "body"
    )
    assert f"（{NUMBER}）" in body and f"{len(told)}处" in body
    # What is right now can be asked for again; what was wrong is only a text.
    assert {run.text for run in held.paper.bound() if run.key == COMPLETION} == {"21.7%"}
    assert steps(office, 2) == ["drafted"]
    assert first.standing.state is NoticeState.ISSUED


def test_issuing_a_correction_marks_the_notice_that_it_corrects(office: Engine) -> None:
    correct(office, found_out(office))
    with refused(office, "same_person"):
        do(office, Step.CHECKED, DRAFTER, 2, AFTER)
    check(office, 2)
    assert steps(office)[-1] == "issued", "only the issue of a correction corrects"
    with refused(office, "number_taken"):
        issue(office, 2, at=AFTER)
    issue(office, 2, at=AFTER, note=OTHER_NUMBER)
    first, second = look(office), look(office, 2)
    assert first.standing.state is NoticeState.CORRECTED
    assert (first.document_number, second.document_number) == (NUMBER, OTHER_NUMBER)
    last = first.events[-1]
    assert (last.step, last.actor, last.note, last.recorded_at) == ("corrected", HEAD, OTHER_NUMBER, AFTER)
    assert second.standing.state is NoticeState.ISSUED
    with refused(office, "not_now"):
        do(office, Step.WITHDRAWN, HEAD, 1, AFTER, note="收回")


def test_the_file_of_a_correction_holds(office: Engine) -> None:
    correct(office, found_out(office))
    assert bring(office, paper_file(office, 2), 2) == []
    do(office, Step.CHECKED, READER, 2, AFTER)
    issue(office, 2, at=AFTER, note=OTHER_NUMBER)
    assert look(office).standing.state is NoticeState.CORRECTED


def test_a_correction_has_the_head_and_the_copies_of_its_notice(office: Engine) -> None:
    typed = {**chosen(office).typed, "masthead": "云岭县人民政府办公室文件", "copies": "县委督查室"}
    number = drafted(office, typed=typed, is_criticism=False)
    check(office, number)
    issue(office, number, note="云政办通报〔2026〕4号")
    made = look(office, correct(office, found_out(office), number))
    told = {each.style: each.text for each in made.paper.blocks if isinstance(each, Paragraph)}
    assert told["masthead"] == typed["masthead"]
    assert told["number"].strip() == "〔2026〕　　号"
    assert told["copies"] == "抄送：县委督查室。"
    assert told["addressees"] == f"{typed['addressees']}："
    assert told["signature"] == typed["signature"]


def test_what_was_corrected_once_is_corrected_again_from_the_first_notice(office: Engine) -> None:
    correct(office, found_out(office))
    check(office, 2)
    issue(office, 2, at=AFTER, note=OTHER_NUMBER)
    report(office, 5, NORTH, 10, AFTER + timedelta(days=1), "再核")
    newest = snapshot(office, AFTER + timedelta(days=2))
    with refused(office, "correct_the_first"):
        correct(office, newest, number=2)
    assert correct(office, newest) == 3
    assert (*DONE, "21.7%", "23.3%") in rows(office, 3)


def test_what_a_correction_said_counts_once_it_is_issued(office: Engine) -> None:
    number = correct(office, found_out(office))
    assert said(office) == [("8.3%", "21.7%")]
    check(office, number)
    assert said(office) == [("8.3%", "21.7%")]
    issue(office, number, at=AFTER, note=OTHER_NUMBER)
    assert corrected(office) == []
    # What is withdrawn never counts.
    other = correct(office, found_again(office), at=AFTER + 3 * ONE_DAY)
    do(office, Step.WITHDRAWN, DRAFTER, other, AFTER + 3 * ONE_DAY, note="再核")
    assert said(office, AFTER + 3 * ONE_DAY) == [("21.7%", "23.3%")]


def test_a_notice_is_corrected_again(office: Engine) -> None:
    goes_out(office, correct(office, found_out(office)))
    newer, later = found_again(office), AFTER + 3 * ONE_DAY
    assert said(office, later) == [("21.7%", "23.3%")]
    number = correct(office, newer, at=later)
    held = look(office, number)
    assert (number, held.notice.corrects) == (3, 1)
    told = rows(office, number)
    assert (*DONE, "21.7%", "23.3%") in told and len(told) == len(corrected(office, later))
    # Figures that stayed as the first correction has them are not told again.
    assert not [line for line in told if line[1] == line[2]]
    goes_out(office, number, later, THIRD_NUMBER)
    first = look(office)
    assert [(event.step, event.note) for event in first.events[-2:]] == [
        ("corrected", OTHER_NUMBER),
        ("corrected", THIRD_NUMBER),
    ]
    assert first.standing.state is NoticeState.CORRECTED and first.document_number == NUMBER
    assert corrected(office, later) == []
    with refused(office, "nothing_to_correct"):
        correct(office, newer, at=later + ONE_DAY)


def test_what_is_as_it_was_first_is_corrected_back(office: Engine) -> None:
    goes_out(office, correct(office, found_out(office)))
    newer, later = found_again(office, value=1), AFTER + 3 * ONE_DAY
    assert said(office, later) == [("21.7%", "8.3%")]
    number = correct(office, newer, at=later)
    assert (*DONE, "21.7%", "8.3%") in rows(office, number)
    goes_out(office, number, later, THIRD_NUMBER)
    assert corrected(office, later) == []


def test_what_was_taken_out_is_said_once(office: Engine) -> None:
    report(office, 5, NORTH, 60, FOUND_OUT, "漏报")
    goes_out(office, correct(office, snapshot(office, AFTER)))
    assert corrected(office) == []


def test_what_was_taken_out_and_is_there_again_is_found(office: Engine) -> None:
    report(office, 5, NORTH, 60, FOUND_OUT, "漏报")
    goes_out(office, correct(office, snapshot(office, AFTER)))
    found_again(office, value=1)
    assert said(office, AFTER + 3 * ONE_DAY, f"cell|{NORTH}|{COUNT}|days")


def test_of_two_corrections_only_one_goes_out(office: Engine) -> None:
    newer = found_out(office)
    first, second = correct(office, newer), correct(office, newer)
    for number in (first, second):
        check(office, number)
    issue(office, first, at=AFTER, note=OTHER_NUMBER)
    for at in (AFTER, AFTER + 9 * ONE_DAY):
        with refused(office, "corrected_meanwhile"):
            issue(office, second, at=at, note=THIRD_NUMBER)
    do(office, Step.WITHDRAWN, DRAFTER, second, AFTER, note="已更正")
    # What is drafted after knows of the other one.
    later = AFTER + 3 * ONE_DAY
    goes_out(office, correct(office, found_again(office), at=later), later, THIRD_NUMBER)
    assert steps(office)[-2:] == ["corrected", "corrected"]


def test_the_correction_of_another_notice_is_none_of_this_one(office: Engine) -> None:
    other = drafted(office, is_criticism=False)
    goes_out(office, other, NOW, "云政办通报〔2026〕4号")
    newer = found_out(office)
    of_first, of_other = correct(office, newer), correct(office, newer, number=other)
    goes_out(office, of_first)
    goes_out(office, of_other, note=THIRD_NUMBER)
    assert (steps(office)[-1], steps(office, other)[-1]) == ("corrected", "corrected")


def test_nothing_is_corrected_where_nothing_changed(office: Engine) -> None:
    with refused(office, "nothing_to_correct"):
        correct(office, snapshot(office, AFTER))


def test_a_correction_is_by_a_newer_snapshot_of_the_same_day(office: Engine) -> None:
    found_out(office)
    year = Frame(WHOLE, 2025, MAY, None, AFTER)
    made = take(office, year, author="王文", occasion="by_hand", now=lambda: AFTER).heading.number
    wrong = (
        1,
        made,
        snapshot(office, AFTER, as_of=APRIL),
        # Taken later, but of what was known then or before.
        snapshot(office, AFTER, known_at=TAKEN),
        snapshot(office, AFTER, known_at=moment(6, 15)),
    )
    for number in wrong:
        with refused(office, "not_newer"):
            correct(office, number)
    # A moment after is enough.
    assert correct(office, snapshot(office, AFTER, known_at=FOUND_OUT)) == 2


def test_only_what_was_issued_is_corrected(office: Engine) -> None:
    newer, second = found_out(office), drafted(office)
    with refused(office, "not_now"):
        correct(office, newer, number=second)
    check(office, second)
    do(office, Step.ASKED, DRAFTER, second, day=CLOSING)
    with refused(office, "not_now"):
        correct(office, newer, number=second)
    do(office, Step.WITHDRAWN, DRAFTER, second, note="重拟")
    with refused(office, "not_now"):
        correct(office, newer, number=second)


def test_who_and_what_a_correction_needs(office: Engine) -> None:
    newer = found_out(office)
    with nothing_written(office), pytest.raises(NotFound):
        correct(office, newer, actor="P9")
    with nothing_written(office), pytest.raises(NoticeUnknown):
        correct(office, newer, number=9)
    with nothing_written(office), pytest.raises(SnapshotUnknown):
        correct(office, 9)


def test_a_notice_that_was_corrected_is_over(office: Engine) -> None:
    correct(office, found_out(office))
    check(office, 2)
    issue(office, 2, at=AFTER, note=OTHER_NUMBER)
    for step in (Step.EDITED, Step.CORRECTED, Step.ISSUED, Step.WITHDRAWN):
        with refused(office, "not_now"):
            do(office, step, READER, 1, AFTER, day=TODAY, note="收回")


def test_every_part_that_says_a_figure_is_named_also_where_it_says_it_otherwise() -> None:
    """The text says the gap in words, two annexes say it bare and with its mark: one line of the correction for all."""
    heading, caption = Paragraph("heading", plain("一、情况")), Paragraph("annex", plain("附件1"))
    said = Paragraph("body", (Run("低于序时进度30.1个百分点", "cell|a|b|gap"),))
    bare = Table(("较序时",), (1.0,), (True,), (((Run("−30.1", "cell|a|b|gap_bare"),),),))
    short = Table(("进度",), (1.0,), (True,), (((Run("■ −30.1", "cell|a|b|short"),),),))
    other = Table(("进度",), (1.0,), (True,), (((Run("● +1.0", "cell|a|c|short"),),),))
    blocks = (heading, said, caption, short, caption, other, caption, bare)
    parts = parts_of(Paper("通报", blocks))
    assert parts_saying("cell|a|b|gap", parts) == ("第一部分", "附件1", "附件3")
    assert parts_saying("cell|a|c|short", parts) == ("附件2",)
