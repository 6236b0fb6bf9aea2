"""The way of a notice: each step by whom and when, and what no sequence of allowed steps ever leads to."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.notice_steps import (
    NO_FINDINGS,
    Findings,
    Move,
    NoticeStanding,
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
# What a step may wait for that is possible: answers, a decision, a file.
WAITS = {"", "hearing_open", "unsettled", "not_edited"}
# How often a step is tried: what leads on more often than what leads back, so that ways come to an end.
OFTEN = {Step.CHECKED: 4, Step.ASKED: 4, Step.ANSWERED: 6, Step.SETTLED: 2, Step.ISSUED: 4}
# What a check was of is another text after these.
WRITTEN = (Step.DRAFTED, Step.EDITED, Step.RETURNED)


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


def _thinkable(standing: NoticeStanding, today: date) -> Iterator[Move]:
    """Every move that differs in what matters."""
    closing = max(today, standing.heard_until or today)
    days = {
        Step.ASKED: (None, today, closing, closing + timedelta(1)),
        Step.ISSUED: (None, today, today + timedelta(1)),
    }
    for step, actor, note in product(Step, (CLERK, READER, HEAD), ("", "3号")):
        if step in days:
            yield from (Move(step, actor, day=day, note=note) for day in days[step])
        elif step in (Step.ANSWERED, Step.SETTLED):
            for unit, objects in product((*NAMED, "丙镇"), (False, True)):
                yield Move(step, actor, unit, objects=objects, note=note)
        else:
            yield Move(step, actor, note=note)


def _allowed(
    moves: list[Move], named: tuple[str, ...], today: date, findings: Findings = NO_FINDINGS
) -> dict[Step, list[Move]]:
    standing, held = notice_standing(moves), dict[Step, list[Move]]()
    for move in _thinkable(standing, today):
        if not why_not(standing, move, named, today, findings):
            held.setdefault(move.step, []).append(move)
    return held


def _is_right(move: Move) -> bool:
    return move.step is Step.SETTLED and move.objects


def _is_checked(before: list[Move]) -> bool:
    """Whether somebody read the text as it is now."""
    read = (*WRITTEN, Step.CHECKED)
    last = next(each for each in reversed(before) if each.step in read or _is_right(each))
    return last.step is Step.CHECKED


def _is_mended(before: list[Move]) -> bool:
    """Whether a file came after every objection that was found right."""
    wrote = (Step.DRAFTED, Step.EDITED)
    return not _is_right(next(each for each in reversed(before) if each.step in wrote or _is_right(each)))


def _must_hold(
    before: list[Move], move: Move, named: tuple[str, ...], today: date, findings: Findings
) -> None:
    """What holds of every step that was allowed, said without the standing."""
    closing = [each.day for each in before if each.step is Step.ASKED and each.day]
    if move.step in (Step.CHECKED, Step.ISSUED):
        wrote = {each.actor for each in before if each.step in (Step.DRAFTED, Step.EDITED)}
        assert move.actor not in wrote
        assert not findings.grave
        assert _is_mended(before)
    if move.step is Step.CHECKED:
        assert move.note or not findings.others
    if move.step in (Step.ASKED, Step.ISSUED):
        assert _is_checked(before)
    if move.step is Step.ASKED:
        assert named and move.day and move.day > max([today, *closing])
    if move.step is Step.ISSUED:
        assert move.day and move.day <= today and move.note
        last = {each.unit: each for each in before if each.step in (Step.ANSWERED, Step.SETTLED)}
        assert bool(closing) == bool(named)
        assert set(named) <= set(last) or today > max(closing)
        assert not [each for each in last.values() if each.step is Step.ANSWERED and each.objects]


def _can_be_chosen(taken: list[Move], named: tuple[str, ...], today: date) -> None:
    """What is offered is what somebody who wrote nothing may do, now or once what it waits for is there."""
    standing = notice_standing(taken)
    codes: dict[Step, set[str]] = {}
    for move in _thinkable(standing, today):
        told = why_not(standing, replace(move, actor="another"), named, today)
        codes.setdefault(move.step, set()).add(told)
    hands_off = {Step.DRAFTED, Step.EDITED, Step.CORRECTED}
    assert set(possible(standing, named)) == {step for step in codes if codes[step] & WAITS} - hands_off


@given(st.data(), st.sampled_from([NAMED, NAMED[:1], ()]))
def test_no_way_leads_past_the_rules(data: st.DataObject, named: tuple[str, ...]) -> None:
    taken, today = [DRAFTED], TODAY
    for _ in range(16):
        today += timedelta(days=data.draw(st.integers(0, 2), "days"))
        findings = data.draw(st.sampled_from([NO_FINDINGS, NO_FINDINGS, OTHERS, GRAVE]), "findings")
        held = _allowed(taken, named, today, findings)
        _can_be_chosen(taken, named, today)
        steps = [each.step for each in taken]
        if Step.WITHDRAWN in steps:
            assert held == {}
            return
        if Step.ISSUED in steps:
            assert set(held) == {Step.CORRECTED}
            if steps.count(Step.CORRECTED) > 1:
                return
        weighed = [step for step in held for _ in range(OFTEN.get(step, 1))]
        move = data.draw(st.sampled_from(held[data.draw(st.sampled_from(weighed), "step")]), "move")
        _must_hold(taken, move, named, today, findings)
        taken.append(move)


@given(st.data())
def test_an_edit_makes_every_check_void(data: st.DataObject) -> None:
    """Wherever a notice stands that can be edited: it is a draft then, and nobody may ask or issue."""
    taken = [DRAFTED]
    for _ in range(data.draw(st.integers(0, 8), "length")):
        held = _allowed(taken, NAMED, TODAY)
        open_steps = sorted(step for step in held if step not in (Step.ISSUED, Step.WITHDRAWN))
        taken.append(data.draw(st.sampled_from(held[data.draw(st.sampled_from(open_steps))])))
    edit = Move(Step.EDITED, data.draw(st.sampled_from([CLERK, READER, HEAD])))
    assert refused(tuple(taken), edit) == ""
    taken.append(edit)
    standing = notice_standing(taken)
    assert standing.state is NoticeState.DRAFT and not standing.wants_edit
    held = _allowed(taken, NAMED, TODAY)
    assert not {Step.ASKED, Step.ISSUED} & set(held)
    assert edit.actor not in {move.actor for move in held.get(Step.CHECKED, [])}
