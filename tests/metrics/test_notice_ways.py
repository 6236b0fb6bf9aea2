"""What no sequence of allowed steps of a notice ever leads to."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

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
from tests.metrics.test_notice_steps import CLERK, DRAFTED, GRAVE, HEAD, NAMED, OTHERS, READER, TODAY, refused

# What a step may wait for that is possible: answers, a decision, a file, a word.
WAITS = {"", "hearing_open", "unsettled", "not_edited", "changed_since_heard"}
# How often a step is tried: what leads on more often than what leads back, so that ways come to an end.
OFTEN = {Step.CHECKED: 4, Step.ASKED: 4, Step.ANSWERED: 6, Step.SETTLED: 2, Step.ISSUED: 4}
# What a check was of is another text after these.
WRITTEN = (Step.DRAFTED, Step.EDITED, Step.RETURNED)


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


def _is_changed_since_heard(before: list[Move]) -> bool:
    """Whether a file came after the units were last asked."""
    of_this = [each.step for each in before if each.step in (Step.ASKED, Step.EDITED)]
    return Step.ASKED in of_this and of_this[-1] is Step.EDITED


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
        assert move.note or not (findings.others or _is_changed_since_heard(before))
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
