"""A notice from its draft to its issue over a small county: who may do what, and no step half done."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from data_access.engine import read, write
from data_access.errors import NotFound, NoticeUnknown, SnapshotUnknown
from data_access.notices import Wording, add_wording
from data_access.scope import Scope
from metrics.vocabulary import NoticeState, Step
from notices.checking import CORRECTED
from notices.choices import Demand
from notices.content import Paragraph
from notices.flow import NOTE_LENGTH, NUMBER_LENGTH, OF_ITSELF, make
from notices.opened import every, people, wording_of
from tests.data_access.county import COUNTY, NORTH, SOUTH, VILLAGES
from tests.notices.office import (
    CLOSING,
    COMPLETION,
    DRAFTER,
    HEAD,
    NOW,
    NUMBER,
    READER,
    TODAY,
    WHOLE,
    answer,
    ask,
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
    steps,
    with_text,
)


def test_a_draft_holds_its_paper_its_choices_and_whom_it_names(office: Engine) -> None:
    choices = chosen(office)
    assert make(office, WHOLE, 1, choices, actor=DRAFTER, moment=NOW) == 2
    held = look(office, 2)
    assert (held.choices, held.named) == (choices, (NORTH,))
    assert held.standing.state is NoticeState.DRAFT
    assert (held.file, held.document_number) == ("", "")
    assert COMPLETION in {run.key for run in held.paper.bound()}
    assert [code for code, _ in held.notes] == ["left_out"]
    [event] = held.events
    assert (event.step, event.actor, event.actor_name, event.recorded_at) == (
        "drafted",
        DRAFTER,
        "王文（科员）",
        NOW,
    )
    assert drafted(office, is_criticism=False) == 3
    assert look(office, 3).named == ()
    with read(office) as connection:
        assert [each.notice.number for each in every(connection, WHOLE)] == [3, 2, 1]
        assert every(connection, Scope.of(COUNTY, units=[SOUTH])) == []


def test_what_is_still_to_be_typed_keeps_a_draft_from_being_made(office: Engine) -> None:
    whole = chosen(office)
    for lacking in (
        replace(whole, typed={**whole.typed, "signature": " "}),
        replace(whole, demands=(*whole.demands, Demand("限期整改"))),
        replace(whole, demands=(Demand(" ", day=CLOSING),)),
    ):
        assert lacking.missing()
        with refused(office, "incomplete"):
            make(office, WHOLE, 1, lacking, actor=DRAFTER, moment=NOW)


@pytest.mark.parametrize(
    ("of", "named"),
    [
        ({"units": (NORTH, "990521109")}, "990521109"),
        ({"units": ("990522101",)}, "990522101"),
        ({"units": ("",)}, ""),
        ({"units": (f"{NORTH}|name",)}, f"{NORTH}|name"),
        ({"units": ("D01",)}, "D01"),
        ({"departments": ("D01", "D08", "D09")}, "D08, D09"),
        ({"departments": (NORTH,)}, NORTH),
        ({"units": (SOUTH,), "departments": ("农业",)}, "农业"),
    ],
)
def test_nothing_is_asked_of_whom_the_county_does_not_know(
    office: Engine, of: dict[str, tuple[str, ...]], named: str
) -> None:
    whole = chosen(office)
    asked = replace(whole, demands=(*whole.demands, Demand("限期整改", **of, day=CLOSING)))
    with nothing_written(office), pytest.raises(NotFound) as unknown:
        make(office, WHOLE, 1, asked, actor=DRAFTER, moment=NOW)
    kind = "department" if "D08" in named or named in (NORTH, "农业") else "unit"
    assert unknown.value.facts == {"kind": kind, "names": named}


def test_a_demand_may_be_of_villages_and_of_departments(office: Engine) -> None:
    demand = Demand("限期整改", (COUNTY, SOUTH, *VILLAGES[NORTH]), ("D01", "D02"), CLOSING)
    assert look(office, drafted(office, demands=(demand,))).choices.demands == (demand,)


def test_the_county_s_own_sentence_is_used_until_it_is_withdrawn(office: Engine) -> None:
    def told(at: datetime, *, withdrawn: bool) -> str:
        with write(office, COUNTY) as connection:
            add_wording(connection, COUNTY, Wording("title", "{县}进展通报", "王文", at, withdrawn))
        with read(office) as connection:
            assert wording_of(connection, WHOLE) == ({} if withdrawn else {"title": "{县}进展通报"})
        return look(office, drafted(office)).paper.name

    assert told(NOW, withdrawn=False) == "单位521进展通报"
    assert told(NOW + timedelta(hours=1), withdrawn=True) == "关于2026年度1—5月目标任务进展情况的通报"


def test_the_whole_way(office: Engine) -> None:
    go_out(office)
    assert steps(office) == ["drafted", "checked", "asked", "answered", "issued"]
    held = look(office)
    assert held.standing.state is NoticeState.ISSUED
    assert held.document_number == NUMBER
    assert [event.actor_name for event in held.events][-2:] == ["王文（科员）", "赵林"]
    assert [event.day for event in held.events] == [None, None, CLOSING, None, TODAY]


def test_who_wrote_neither_checks_nor_issues(office: Engine) -> None:
    with refused(office, "same_person"):
        do(office, Step.CHECKED, DRAFTER)
    check(office)
    ask(office)
    answer(office)
    with refused(office, "same_person"):
        issue(office, actor=DRAFTER)
    bring(office, paper_file(office), actor=HEAD)
    check(office, note="未新增批评")
    with refused(office, "same_person"):
        issue(office)
    issue(office, actor=READER)


def test_a_stranger_does_nothing(office: Engine) -> None:
    choices, content = chosen(office), paper_file(office)
    for stranger in ("P9", "", "王文"):
        with nothing_written(office), pytest.raises(NotFound):
            make(office, WHOLE, 1, choices, actor=stranger, moment=NOW)
        with nothing_written(office), pytest.raises(NotFound):
            bring(office, content, actor=stranger)
        for step in (Step.CHECKED, Step.RETURNED, Step.WITHDRAWN):
            with nothing_written(office), pytest.raises(NotFound):
                do(office, step, stranger, note="理由")


def test_people_are_those_of_the_county(office: Engine) -> None:
    with read(office) as connection:
        held = people(connection, WHOLE, NOW)
        assert held == [(DRAFTER, "王文（科员）"), (READER, "李武（股长）"), (HEAD, "赵林")]
        assert people(connection, Scope.whole("990522"), NOW) == []


def test_what_is_not_there(office: Engine) -> None:
    with nothing_written(office), pytest.raises(NoticeUnknown):
        check(office, 9)
    with nothing_written(office), pytest.raises(NoticeUnknown):
        bring(office, paper_file(office), 9)
    with nothing_written(office), pytest.raises(SnapshotUnknown):
        make(office, WHOLE, 9, chosen(office), actor=DRAFTER, moment=NOW)


def test_units_are_heard_before_they_are_criticised(office: Engine) -> None:
    with refused(office, "not_now"):
        ask(office)
    check(office)
    with refused(office, "not_heard"):
        issue(office)
    with refused(office, "not_asked"):
        answer(office)
    with refused(office, "closing_day"):
        do(office, Step.ASKED, DRAFTER, day=TODAY)
    ask(office)
    with refused(office, "hearing_open"):
        issue(office)
    with refused(office, "not_named"):
        do(office, Step.ANSWERED, DRAFTER, unit=SOUTH)
    # The last minute of the closing day in the county, and the first one after it.
    with refused(office, "hearing_open"):
        issue(office, at=datetime(2026, 6, 25, 15, 59, tzinfo=UTC))
    issue(office, at=datetime(2026, 6, 25, 16, 0, tzinfo=UTC))
    assert look(office).standing.state is NoticeState.ISSUED


def test_a_hearing_can_be_put_off(office: Engine) -> None:
    check(office)
    ask(office)
    for day in (TODAY, CLOSING - timedelta(days=1), CLOSING):
        with refused(office, "closing_day"):
            ask(office, day)
    # The closing day has passed, and nobody answered: a day of today would be over at once.
    late = datetime(2026, 6, 27, 16, 0, tzinfo=UTC)
    with refused(office, "closing_day"):
        ask(office, date(2026, 6, 28), at=late)
    ask(office, date(2026, 6, 29), at=late)
    assert look(office).standing.heard_until == date(2026, 6, 29)
    with refused(office, "hearing_open"):
        issue(office, at=datetime(2026, 6, 29, 15, 59, tzinfo=UTC))
    issue(office, at=datetime(2026, 6, 29, 16, 0, tzinfo=UTC))
    assert steps(office) == ["drafted", "checked", "asked", "asked", "issued"]


def test_an_objection_is_settled_with_a_reason(office: Engine) -> None:
    check(office)
    ask(office)
    with refused(office, "no_reason"):
        answer(office, objects=True, note=" \n")
    answer(office, objects=True, note=" 数字有误 ")
    assert look(office).events[-1].note == "数字有误"
    after = datetime(2026, 6, 28, tzinfo=UTC)
    for at in (NOW, after):
        with refused(office, "unsettled"):
            issue(office, at=at)
    with refused(office, "no_objection"):
        do(office, Step.SETTLED, READER, unit=SOUTH, note="数字无误")
    with refused(office, "no_reason"):
        do(office, Step.SETTLED, READER, unit=NORTH)
    do(office, Step.SETTLED, READER, unit=NORTH, note="数字无误")
    issue(office)


def test_an_objection_that_is_right_wants_another_file_and_another_check(office: Engine) -> None:
    check(office)
    ask(office)
    answer(office, objects=True, note="数字有误")
    do(office, Step.SETTLED, READER, unit=NORTH, objects=True, note="采纳")
    with refused(office, "not_now"):
        issue(office)
    with refused(office, "not_edited"):
        check(office)
    do(office, Step.RETURNED, READER, note="请改")
    with refused(office, "not_edited"):
        check(office, note="已核实")
    same = paper_file(office)
    with refused(office, "same_file"):
        bring(office, same)
    bring(office, with_text(same, "存在的主要问题", "存在的突出问题"))
    with refused(office, "not_now"):
        issue(office)
    with refused(office, "changed_since_heard"):
        check(office)
    check(office, note="按异议改正，未新增批评")
    issue(office)


def test_a_notice_that_criticises_nobody_goes_out_unheard(office: Engine) -> None:
    number = drafted(office, is_criticism=False)
    check(office, number)
    with refused(office, "nobody_named"):
        do(office, Step.ASKED, DRAFTER, number, day=CLOSING)
    issue(office, number)


def test_an_issue_has_a_number_and_a_day(office: Engine) -> None:
    check(office)
    ask(office)
    answer(office)
    with refused(office, "no_number"):
        issue(office, note="　 ")
    with refused(office, "no_number"):
        do(office, Step.ISSUED, HEAD, note=NUMBER)
    issue(office, note=f" {NUMBER} ")
    assert look(office).document_number == NUMBER


def test_a_notice_is_not_issued_on_a_day_to_come(office: Engine) -> None:
    number, tomorrow = drafted(office, is_criticism=False), TODAY + timedelta(days=1)
    check(office, number)
    # The last minute of today in the county, and the first one of tomorrow.
    for at in (NOW, datetime(2026, 6, 21, 15, 59, tzinfo=UTC)):
        with refused(office, "issue_day"):
            do(office, Step.ISSUED, HEAD, number, at, day=tomorrow, note=NUMBER)
    do(office, Step.ISSUED, HEAD, number, datetime(2026, 6, 21, 16, tzinfo=UTC), day=tomorrow, note=NUMBER)
    assert look(office, number).events[-1].day == tomorrow


def test_a_number_is_given_once(office: Engine) -> None:
    go_out(office)
    second = drafted(office, is_criticism=False)
    check(office, second)
    for same in (
        NUMBER,
        "云政办通报[2026]3号",
        "云政办通报【2026】3号",
        "云政办通报(2026)3号",
        "云政办通报（2026）3号",
        "云政办通报［2026］3号",
        "云政办通报﹝2026﹞3号",
        "云政办通报〔２０２６〕３号",
        "云政办通报 〔2026〕　3 号",
        "云 政 办 通 报[ 2026 】\t3\n号",
    ):
        with refused(office, "number_taken"):
            issue(office, second, note=same)
    issue(office, second, note="云政办通报〔2026〕 33号")
    # It is kept as it was written.
    assert [look(office, number).document_number for number in (1, second)] == [
        NUMBER,
        "云政办通报〔2026〕 33号",
    ]
    third = drafted(office, is_criticism=False)
    check(office, third)
    with refused(office, "number_taken"):
        issue(office, third, note="云政办通报[2026]33号")
    issue(office, third, note="云政办发〔2026〕3号")


def test_what_is_too_long_is_refused_and_never_cut(office: Engine) -> None:
    longest = "理" * NOTE_LENGTH
    for step in (Step.CHECKED, Step.RETURNED, Step.WITHDRAWN):
        with refused(office, "too_long"):
            do(office, step, READER, note=f"{longest}由")
    do(office, Step.RETURNED, READER, note=f" {longest}　\n")
    assert look(office).events[-1].note == longest
    check(office, note="核" * (NUMBER_LENGTH + 1))
    ask(office)
    with refused(office, "too_long"):
        answer(office, objects=True, note=f"{longest}由")
    answer(office, objects=True, note=longest)
    with refused(office, "too_long"):
        do(office, Step.SETTLED, READER, unit=NORTH, note=f"{longest}由")
    do(office, Step.SETTLED, READER, unit=NORTH, note=longest)
    number = "云".ljust(NUMBER_LENGTH - 3, "政") + "12号"
    with refused(office, "too_long"):
        issue(office, note=f"{number}1")
    issue(office, note=f"{number} ")
    assert look(office).document_number == number


@pytest.mark.parametrize("step", OF_ITSELF)
def test_what_comes_of_itself_is_never_chosen(office: Engine, step: Step) -> None:
    assert set(OF_ITSELF) == {Step.DRAFTED, Step.EDITED, Step.CORRECTED}
    ways: tuple[Callable[[Engine], None], ...] = (check, ask, answer, issue)
    for way in (None, *ways):
        if way:
            way(office)
        for actor in (DRAFTER, READER, HEAD, "P9"):
            with refused(office, "not_now"):
                do(office, step, actor, day=TODAY, note="通报")
    assert steps(office) == ["drafted", "checked", "asked", "answered", "issued"]


def test_what_was_issued_stays_as_it_is(office: Engine) -> None:
    go_out(office)
    content = paper_file(office)
    with refused(office, "not_now"):
        bring(office, content)
    for step in (Step.WITHDRAWN, Step.RETURNED, Step.CHECKED, Step.ISSUED, Step.DRAFTED):
        with refused(office, "not_now"):
            do(office, step, HEAD, day=TODAY, note="收回")


def test_a_withdrawn_notice_is_over(office: Engine) -> None:
    with refused(office, "no_reason"):
        do(office, Step.WITHDRAWN, DRAFTER)
    do(office, Step.WITHDRAWN, DRAFTER, note="重拟")
    with refused(office, "not_now"):
        check(office)


def test_a_draft_is_content_that_can_be_kept(office: Engine) -> None:
    held = look(office)
    assert json.loads(json.dumps(held.notice.content)) == held.notice.content
    assert isinstance(held.paper.blocks[0], Paragraph) and CORRECTED not in str(held.notes)
    # Fifteen days from the one on which the figures were known.
    assert held.choices.demands[0].day == TODAY + timedelta(days=14)


def test_nothing_is_asked_by_a_day_that_is_past(office: Engine) -> None:
    [first, *others] = look(office).choices.demands
    late = replace(first, day=TODAY - timedelta(days=1))
    with refused(office, "demand_day"):
        drafted(office, demands=(late, *others))
    assert drafted(office, demands=(replace(first, day=TODAY), *others)) == 2
