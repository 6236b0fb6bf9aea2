"""The way of a notice: each step by whom and when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from metrics.notice_steps import (
    NO_FINDINGS,
    Findings,
    Move,
    NoticeStanding,
    is_document_number,
    notice_standing,
    possible,
    why_not,
)
from metrics.vocabulary import NoticeState, Step

TODAY = date(2026, 6, 21)
CLOSING = date(2026, 6, 25)
NAMED = ("甲镇", "乙镇")
CLERK, READER, HEAD = "clerk", "reader", "head"
DRAFTED = Move(Step.DRAFTED, CLERK)
CHECKED = Move(Step.CHECKED, READER)
EDITED = Move(Step.EDITED, READER)
ASKED = Move(Step.ASKED, CLERK, day=CLOSING)
ISSUED = Move(Step.ISSUED, HEAD, day=TODAY, note="〔2026〕3号")
SILENT = (DRAFTED, CHECKED, ASKED)
OBJECTED = Move(Step.ANSWERED, CLERK, "甲镇", objects=True, note="数字有误")
SETTLED = Move(Step.SETTLED, CLERK, "甲镇", note="数字无误")
RIGHT = replace(SETTLED, objects=True)
PUT_OFF = replace(ASKED, day=CLOSING + timedelta(days=1))
CORRECTED = Move(Step.CORRECTED, HEAD)
GRAVE, OTHERS = Findings(grave=1), Findings(others=2)
HEARD = (*SILENT, *(Move(Step.ANSWERED, CLERK, unit) for unit in NAMED))


def refused(
    moves: tuple[Move, ...],
    move: Move,
    named: tuple[str, ...] = NAMED,
    today: date = TODAY,
    findings: Findings = NO_FINDINGS,
) -> str:
    return why_not(notice_standing(moves), move, named, today, findings)


def test_a_draft_is_where_a_notice_begins() -> None:
    assert notice_standing([DRAFTED]) == NoticeStanding(NoticeState.DRAFT, (CLERK,), None, (), ())


@pytest.mark.parametrize(
    ("moves", "state"),
    [
        ((DRAFTED, EDITED), NoticeState.DRAFT),
        ((DRAFTED, CHECKED), NoticeState.CHECKED),
        ((DRAFTED, CHECKED, Move(Step.RETURNED, HEAD, note="再核")), NoticeState.DRAFT),
        ((DRAFTED, CHECKED, EDITED), NoticeState.DRAFT),
        (SILENT, NoticeState.HEARING),
        ((*SILENT, OBJECTED), NoticeState.HEARING),
        ((*SILENT, OBJECTED, SETTLED), NoticeState.HEARING),
        ((*SILENT, OBJECTED, RIGHT), NoticeState.DRAFT),
        ((*SILENT, PUT_OFF), NoticeState.HEARING),
        ((*SILENT, EDITED), NoticeState.DRAFT),
        # Who was asked once need not be asked again: the closing day stays.
        ((*SILENT, EDITED, Move(Step.CHECKED, HEAD)), NoticeState.HEARING),
        ((*HEARD, ISSUED), NoticeState.ISSUED),
        ((*HEARD, ISSUED, CORRECTED), NoticeState.CORRECTED),
        ((*HEARD, ISSUED, CORRECTED, CORRECTED), NoticeState.CORRECTED),
        ((DRAFTED, Move(Step.WITHDRAWN, CLERK, note="重拟")), NoticeState.WITHDRAWN),
    ],
)
def test_where_steps_lead(moves: tuple[Move, ...], state: NoticeState) -> None:
    assert notice_standing(moves).state is state


def test_a_standing_holds_who_wrote_and_what_units_said() -> None:
    again = Move(Step.ANSWERED, CLERK, "甲镇")
    other = replace(OBJECTED, unit="乙镇")
    held = notice_standing([*SILENT, EDITED, DRAFTED, OBJECTED, other, replace(SETTLED, unit="乙镇")])
    assert held.writers == (CLERK, READER)
    assert held.heard_until == CLOSING
    assert held.answers == (("甲镇", True), ("乙镇", True))
    assert held.unsettled == ("甲镇",)
    # A unit that answers anew takes its objection back, or objects once more, but once only.
    assert notice_standing([*SILENT, OBJECTED, OBJECTED]).unsettled == ("甲镇",)
    assert notice_standing([*SILENT, OBJECTED, again]).unsettled == ()
    assert notice_standing([*SILENT, OBJECTED, again]).answers == (("甲镇", False),)
    assert notice_standing([*SILENT, OBJECTED, SETTLED, OBJECTED]).unsettled == ("甲镇",)


def test_the_whole_way() -> None:
    way = (
        DRAFTED,
        Move(Step.EDITED, CLERK),
        CHECKED,
        ASKED,
        Move(Step.ANSWERED, CLERK, "乙镇"),
        OBJECTED,
        PUT_OFF,
        RIGHT,
        Move(Step.EDITED, CLERK),
        replace(CHECKED, note="未新增批评"),
        ISSUED,
        CORRECTED,
        CORRECTED,
    )
    for place in range(1, len(way)):
        assert refused(way[:place], way[place]) == "", way[place].step


@pytest.mark.parametrize(
    ("moves", "move", "code"),
    [
        # What is not next: a second draft, check or hearing, an issue unread, moves after the end.
        ((DRAFTED,), DRAFTED, "not_now"),
        ((DRAFTED,), ISSUED, "not_now"),
        ((DRAFTED,), ASKED, "not_now"),
        ((DRAFTED, CHECKED), replace(CHECKED, actor=HEAD), "not_now"),
        ((DRAFTED, CHECKED), CORRECTED, "not_now"),
        ((*SILENT, EDITED), PUT_OFF, "not_now"),
        ((*HEARD, EDITED), ISSUED, "not_now"),
        ((*HEARD, ISSUED), EDITED, "not_now"),
        ((*HEARD, ISSUED), Move(Step.WITHDRAWN, HEAD, note="收回"), "not_now"),
        ((*HEARD, ISSUED), ISSUED, "not_now"),
        ((*HEARD, ISSUED), CORRECTED, ""),
        ((*HEARD, ISSUED, CORRECTED), CORRECTED, ""),
        ((*HEARD, ISSUED, CORRECTED), EDITED, "not_now"),
        ((*HEARD, ISSUED, CORRECTED), ISSUED, "not_now"),
        (HEARD, CORRECTED, "not_now"),
        ((DRAFTED, Move(Step.WITHDRAWN, CLERK, note="重拟")), EDITED, "not_now"),
        # By whom.
        ((DRAFTED,), replace(CHECKED, actor=CLERK), "same_person"),
        ((DRAFTED, EDITED), CHECKED, "same_person"),
        ((DRAFTED, EDITED), replace(CHECKED, actor=HEAD), ""),
        (HEARD, replace(ISSUED, actor=CLERK), "same_person"),
        (HEARD, replace(ISSUED, actor=READER), ""),
        # Reasons.
        ((DRAFTED,), Move(Step.RETURNED, READER), "no_reason"),
        ((DRAFTED,), Move(Step.RETURNED, READER, note="缺项"), ""),
        ((DRAFTED,), Move(Step.WITHDRAWN, CLERK), "no_reason"),
        ((*SILENT, OBJECTED), replace(SETTLED, note=""), "no_reason"),
        (SILENT, replace(OBJECTED, note=""), "no_reason"),
        (SILENT, replace(OBJECTED, note="", objects=False), ""),
        # The hearing.
        ((DRAFTED, CHECKED), replace(ASKED, day=None), "closing_day"),
        ((DRAFTED, CHECKED), replace(ASKED, day=TODAY), "closing_day"),
        ((DRAFTED, CHECKED), replace(ASKED, day=TODAY + timedelta(days=1)), ""),
        (SILENT, replace(ASKED, day=None), "closing_day"),
        (SILENT, replace(ASKED, day=TODAY + timedelta(days=1)), "closing_day"),
        (SILENT, ASKED, "closing_day"),
        (SILENT, PUT_OFF, ""),
        ((*SILENT, PUT_OFF), PUT_OFF, "closing_day"),
        (HEARD, PUT_OFF, ""),
        ((DRAFTED, CHECKED), OBJECTED, "not_asked"),
        (SILENT, replace(OBJECTED, unit="丙镇"), "not_named"),
        ((*SILENT, EDITED), OBJECTED, ""),
        (SILENT, SETTLED, "no_objection"),
        ((*SILENT, OBJECTED), replace(SETTLED, unit="乙镇"), "no_objection"),
        ((*SILENT, OBJECTED, SETTLED), SETTLED, "no_objection"),
        # The issue.
        (HEARD, replace(ISSUED, note=""), "no_number"),
        (HEARD, replace(ISSUED, day=None), "no_number"),
        (HEARD, replace(ISSUED, day=TODAY + timedelta(days=1)), "issue_day"),
        (HEARD, replace(ISSUED, day=TODAY - timedelta(days=1)), ""),
        (HEARD, replace(ISSUED, day=TODAY + timedelta(days=1), note=""), "no_number"),
        ((DRAFTED, CHECKED), ISSUED, "not_heard"),
        (SILENT, ISSUED, "hearing_open"),
        (HEARD[:-1], ISSUED, "hearing_open"),
        (HEARD, ISSUED, ""),
        ((*HEARD, OBJECTED), ISSUED, "unsettled"),
        ((*HEARD, OBJECTED, SETTLED), ISSUED, ""),
    ],
)
def test_why_a_step_is_refused(moves: tuple[Move, ...], move: Move, code: str) -> None:
    assert refused(moves, move) == code


def test_a_notice_that_names_nobody_is_not_heard() -> None:
    assert refused((DRAFTED, CHECKED), ASKED, ()) == "nobody_named"
    assert refused((DRAFTED, CHECKED), ISSUED, ()) == ""
    assert refused((DRAFTED, CHECKED), replace(ISSUED, note=""), ()) == "no_number"
    assert refused((DRAFTED, CHECKED), replace(ISSUED, day=CLOSING), ()) == "issue_day"


@pytest.mark.parametrize(("past", "code"), [(-1, "hearing_open"), (0, "hearing_open"), (1, "")])
def test_who_does_not_answer_is_waited_for_until_the_closing_day_has_passed(past: int, code: str) -> None:
    assert refused(SILENT, ISSUED, today=CLOSING + timedelta(days=past)) == code
    objected = (*SILENT, OBJECTED)
    assert refused(objected, ISSUED, today=CLOSING + timedelta(days=past)) == "unsettled"


def test_a_hearing_that_is_put_off_is_waited_for_until_its_new_day_has_passed() -> None:
    moves = (*SILENT, replace(ASKED, day=CLOSING + timedelta(days=3)))
    assert notice_standing(moves).heard_until == CLOSING + timedelta(days=3)
    for past, code in ((1, "hearing_open"), (3, "hearing_open"), (4, "")):
        assert refused(moves, ISSUED, today=CLOSING + timedelta(days=past)) == code
    # What was answered before stays answered.
    assert refused((*HEARD, PUT_OFF), ISSUED) == ""


def test_a_hearing_whose_day_has_passed_is_put_off_to_a_day_to_come() -> None:
    today = CLOSING + timedelta(days=5)
    for days, code in ((4, "closing_day"), (5, "closing_day"), (6, "")):
        assert refused(SILENT, replace(ASKED, day=CLOSING + timedelta(days=days)), today=today) == code


def test_a_file_with_grave_findings_is_not_passed_on() -> None:
    assert refused((DRAFTED,), CHECKED, findings=GRAVE) == "figures_disagree"
    assert refused((DRAFTED,), replace(CHECKED, note="已核"), findings=GRAVE) == "figures_disagree"
    assert refused(HEARD, ISSUED, findings=Findings(2, 3)) == "figures_disagree"
    assert refused((DRAFTED,), replace(CHECKED, actor=CLERK), findings=GRAVE) == "same_person"
    for step in (Step.EDITED, Step.RETURNED, Step.WITHDRAWN):
        assert refused((DRAFTED,), Move(step, CLERK, note="有误"), findings=GRAVE) == "", step


def test_who_checks_a_file_with_other_findings_says_that_they_were_seen() -> None:
    assert refused((DRAFTED,), CHECKED, findings=OTHERS) == "findings_unread"
    assert refused((DRAFTED,), replace(CHECKED, note="已逐处核实"), findings=OTHERS) == ""
    assert refused(HEARD, ISSUED, findings=OTHERS) == ""
    for step in (Step.EDITED, Step.RETURNED, Step.WITHDRAWN):
        assert refused((DRAFTED,), Move(step, CLERK, note="有误"), findings=OTHERS) == "", step


def test_who_checks_a_file_changed_since_the_hearing_says_that_nobody_is_criticised_anew() -> None:
    edited = (*SILENT, replace(EDITED, actor=CLERK))
    assert notice_standing(edited).changed_since_heard
    assert refused(edited, CHECKED) == "changed_since_heard"
    assert refused(edited, CHECKED, findings=OTHERS) == "changed_since_heard"
    told = replace(CHECKED, note="未新增批评")
    assert refused(edited, told) == ""
    # Heard again, the units saw the file as it is.
    again = (*edited, told, PUT_OFF)
    assert not notice_standing(again).changed_since_heard
    assert notice_standing((*again, EDITED)).changed_since_heard
    assert not notice_standing((DRAFTED, EDITED)).changed_since_heard
    assert not notice_standing((DRAFTED, EDITED, CHECKED, ASKED)).changed_since_heard


def test_an_objection_that_was_right_wants_an_edit_before_the_next_check() -> None:
    right, checked = (*SILENT, OBJECTED, RIGHT), replace(CHECKED, actor=HEAD)
    returned, other = Move(Step.RETURNED, HEAD, note="再核"), replace(OBJECTED, unit="乙镇")
    wrong = replace(SETTLED, unit="乙镇")
    # Nothing but an edit will do: no return, no other objection that is settled, no new answer.
    later = ((), (returned,), (other, wrong), (replace(OBJECTED, objects=False),))
    for moves in ((*right, *more) for more in later):
        assert notice_standing(moves).wants_edit
        assert refused(moves, checked) == "not_edited"
        assert refused(moves, replace(checked, note="已核"), findings=OTHERS) == "not_edited"
        assert refused(moves, checked, findings=GRAVE) == "figures_disagree"
        assert refused((*moves, EDITED), replace(checked, note="未新增批评")) == ""
        assert not notice_standing((*moves, EDITED)).wants_edit
    assert refused((*right, EDITED, OBJECTED, RIGHT), checked) == "not_edited"
    assert not notice_standing((*SILENT, OBJECTED, SETTLED)).wants_edit


@pytest.mark.parametrize(
    ("moves", "named", "steps"),
    [
        ((DRAFTED,), NAMED, (Step.CHECKED, Step.RETURNED, Step.WITHDRAWN)),
        ((DRAFTED, CHECKED), NAMED, (Step.RETURNED, Step.ASKED, Step.WITHDRAWN)),
        ((DRAFTED, CHECKED), (), (Step.RETURNED, Step.ISSUED, Step.WITHDRAWN)),
        (SILENT, NAMED, (Step.RETURNED, Step.ASKED, Step.ANSWERED, Step.ISSUED, Step.WITHDRAWN)),
        (
            (*SILENT, OBJECTED),
            NAMED,
            (Step.RETURNED, Step.ASKED, Step.ANSWERED, Step.SETTLED, Step.ISSUED, Step.WITHDRAWN),
        ),
        # An edit comes with its file: the check is offered, and says what it waits for.
        (
            (*SILENT, OBJECTED, RIGHT),
            NAMED,
            (Step.CHECKED, Step.RETURNED, Step.ANSWERED, Step.WITHDRAWN),
        ),
        ((*SILENT, EDITED), NAMED, (Step.CHECKED, Step.RETURNED, Step.ANSWERED, Step.WITHDRAWN)),
        ((*HEARD, ISSUED), NAMED, ()),
        ((*HEARD, ISSUED, CORRECTED), NAMED, ()),
        ((DRAFTED, Move(Step.WITHDRAWN, CLERK, note="重拟")), NAMED, ()),
    ],
)
def test_what_people_may_choose(
    moves: tuple[Move, ...], named: tuple[str, ...], steps: tuple[Step, ...]
) -> None:
    assert possible(notice_standing(moves), named) == steps


@pytest.mark.parametrize(
    ("text", "is_number"),
    [
        ("云府办通〔2026〕12号", True),
        ("2026年第3期", True),
        ("督查通报（第12期）", True),
        ("随便写", False),
        ("第三号", False),
        ("2026", False),
        ("12号文件", False),
    ],
)
def test_what_can_be_the_number_of_a_document(text: str, is_number: bool) -> None:
    assert is_document_number(text) == is_number
    said = refused(HEARD, replace(ISSUED, note=text))
    assert said == ("" if is_number else "number_form")


def test_nothing_was_issued_before_it_was_checked() -> None:
    """A file may be read once more after the hearing: the last check counts."""
    earlier, later = TODAY - timedelta(days=9), TODAY - timedelta(days=1)
    editor = replace(EDITED, actor=CLERK)
    moves = (
        DRAFTED,
        replace(CHECKED, at=earlier),
        *HEARD[2:],
        editor,
        replace(CHECKED, at=later, note="无新增"),
    )
    assert notice_standing(moves).checked_on == later
    assert refused(moves, replace(ISSUED, day=later - timedelta(days=1))) == "issue_day"
    assert [refused(moves, replace(ISSUED, day=day)) for day in (later, TODAY)] == ["", ""]
