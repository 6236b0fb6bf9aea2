"""Files that were edited and handed in: kept, compared, and kept from going out while they disagree."""

from dataclasses import asdict, replace
from typing import Any

import pytest
from sqlalchemy import Engine

from briefing.snapshots import read_frozen
from data_access.engine import read
from data_access.notices import read_file
from metrics.fingerprints import fingerprint
from metrics.vocabulary import NoticeState, Step
from notices import flow
from notices.brief import brief
from notices.checking import CHANGED, FOREIGN, GRAVE, NAMED, PERSONAL, UNKNOWN, Finding
from notices.content import Paper, Paragraph, plain
from notices.figures import Figures
from notices.flow import StepRefused
from notices.opened import findings_of
from notices.reading import FileRefused
from notices.told import finding_text
from notices.word import word
from tests.data_access.county import NORTH, SOUTH
from tests.notices.office import (
    COMPLETION,
    DRAFTER,
    WHOLE,
    answer,
    ask,
    bring,
    check,
    do,
    drafted,
    issue,
    kept,
    look,
    nothing_written,
    paper_file,
    refused,
    steps,
    with_figure,
    with_text,
)


def test_an_edit_makes_a_check_void(office: Engine) -> None:
    check(office)
    ask(office)
    answer(office)
    assert bring(office, paper_file(office)) == []
    assert look(office).standing.state is NoticeState.DRAFT
    with refused(office, "not_now"):
        issue(office)
    check(office, note="未新增批评")
    issue(office)


def test_a_file_is_kept_and_compared_with_what_was_drafted(office: Engine) -> None:
    content = with_figure(paper_file(office), COMPLETION, "18.3%")
    found = bring(office, content, name="通" * 300 + "报.docx")
    assert {(each.kind, each.key, each.wanted, each.found) for each in found} == {
        (CHANGED, COMPLETION, "8.3%", "18.3%")
    }
    held = look(office)
    assert held.file == fingerprint(content)
    assert held.events[-1].findings == [asdict(each) for each in found]
    with read(office) as connection:
        file = read_file(connection, WHOLE, 1, held.file)
        assert findings_of(connection, WHOLE, held) == found
        assert findings_of(connection, WHOLE, replace(held, events=held.events[:1])) == []
    assert (file.content, len(file.name), file.name[-5:]) == (content, 200, ".docx")


def test_a_changed_figure_is_mended_before_anybody_checks(office: Engine) -> None:
    right = paper_file(office)
    bring(office, with_figure(right, COMPLETION, "18.3%"))
    with refused(office, "figures_disagree"):
        check(office)
    assert bring(office, with_text(right, "近期", "日前")) == []
    # Whoever checks answers for the words, too.
    with refused(office, "findings_unread"):
        check(office)
    check(office, note="改写的文字已核")
    assert look(office).events[-1].findings == []
    ask(office)
    answer(office)
    issue(office)
    assert steps(office)[:4] == ["drafted", "edited", "edited", "checked"]


@pytest.mark.parametrize(
    ("was", "now", "kind"),
    [
        ("近期", "近期（联系电话13812345678）", PERSONAL),
        (f'"{COMPLETION}"', '"cell|990521109|count|completion"', FOREIGN),
    ],
)
def test_a_grave_finding_goes_nowhere(office: Engine, was: str, now: str, kind: str) -> None:
    assert kind in {each.kind for each in bring(office, with_text(paper_file(office), was, now))}
    for note in ("", "已逐处核实"):
        with refused(office, "figures_disagree"):
            check(office, note=note)


def test_what_is_no_grave_finding_is_told_to_whoever_reads_on(office: Engine) -> None:
    found = bring(office, with_text(paper_file(office), "近期", "近期分3组"))
    assert [(each.kind, each.found) for each in found] == [("unknown", "3")]
    for note in ("", " 　\n"):
        with refused(office, "findings_unread"):
            check(office, note=note)
    check(office, note=" 已逐处核实 ")
    read_on = look(office).events[-1]
    assert (read_on.note, read_on.findings) == ("已逐处核实", [asdict(each) for each in found])
    ask(office)
    answer(office)
    # Who issues it gives a number; what was found is kept with that step as well.
    issue(office)
    assert look(office).events[-1].findings == [asdict(each) for each in found]


def test_a_file_that_agrees_wants_no_remark(office: Engine) -> None:
    right = paper_file(office)
    bring(office, with_text(right, "近期", "近期分3组"))
    with refused(office, "findings_unread"):
        check(office)
    assert bring(office, right) == []
    check(office)
    assert (look(office).events[-1].note, look(office).events[-1].findings) == ("", [])


def test_a_township_named_by_hand_is_told(office: Engine) -> None:
    """The townships of this county have figures in their names, which nobody knows either."""
    typed = "近期，单位102、单位201和单位102"
    found = bring(office, with_text(paper_file(office), "近期", typed))
    named = [each for each in found if each.kind == NAMED]
    # Once each, and no village nor the county; the other township is named as often as it was drafted.
    assert [(each.key, each.wanted, each.found) for each in named] == [(SOUTH, "", "单位102")]
    assert {each.kind for each in found} == {UNKNOWN, NAMED}
    assert NAMED not in GRAVE
    [where] = {each.where for each in named}
    assert where
    lines = {"自行点名": finding_text(named[0], "zh"), "named by hand": finding_text(named[0], "en")}
    for said, line in lines.items():
        assert said in line and "单位102" in line and where in line
    with refused(office, "findings_unread"):
        check(office)
    check(office, note="单位102的情况已逐处核实")
    ask(office)
    answer(office)
    issue(office)


def test_each_township_named_by_hand_is_told_once(office: Engine) -> None:
    found = bring(office, with_text(paper_file(office), "近期", "近期单位102、单位101"))
    assert [each.key for each in found if each.kind == NAMED] == [NORTH, SOUTH]


def test_what_is_no_word_file_is_refused(office: Engine) -> None:
    for content in (b"", b"a text", b"PK\x03\x04broken"):
        with nothing_written(office), pytest.raises(FileRefused):
            bring(office, content)


def test_a_file_that_comes_too_late_is_not_kept(office: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read before the county's lock is taken: what happens meanwhile counts."""
    content, compare = paper_file(office), flow.compare_file

    def meanwhile(*of: Any) -> list[Finding]:
        do(office, Step.WITHDRAWN, DRAFTER, note="重拟")
        return compare(*of)

    monkeypatch.setattr(flow, "compare_file", meanwhile)
    with pytest.raises(StepRefused, match="not_now"):
        bring(office, content)
    assert steps(office) == ["drafted", "withdrawn"]
    assert kept(office)[2] == 0


def test_the_file_of_another_notice_is_not_kept(office: Engine) -> None:
    """The second is neutral: its lines are others."""
    second = drafted(office, is_criticism=False, is_ranked=True)
    with refused(office, "another_notice"):
        bring(office, paper_file(office), second)
    assert bring(office, paper_file(office, second), second) == []


def test_a_file_that_holds_nothing_of_the_notice_is_not_kept(office: Engine) -> None:
    held = look(office)
    with read(office) as connection:
        figures = Figures(read_frozen(connection, WHOLE, held.notice.snapshot).villages)
    for other in (
        word(brief(figures, held.choices)),
        word(
            Paper("别的文件", (Paragraph("body", plain("关于开展春季植树活动的通知，请各单位遵照执行。")),))
        ),
    ):
        with refused(office, "not_the_notice"):
            bring(office, other)


def test_without_its_annexes_and_typed_anew_it_is_still_this_one(office: Engine) -> None:
    """An office may leave out annexes, and a program may drop every control."""
    paper = look(office).paper
    kept_blocks = [block for block in paper.blocks if isinstance(block, Paragraph)]
    bare = tuple(
        Paragraph(block.style, plain(block.text)) for block in kept_blocks[: len(kept_blocks) * 2 // 3]
    )
    bring(office, word(Paper(paper.name, bare)))
    assert look(office).file
