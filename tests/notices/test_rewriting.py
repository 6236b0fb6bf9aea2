"""What people wrote otherwise is shown where it stands: no word of a long line escapes whoever checks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.content import Paper, Paragraph, plain
from notices.reading import Line, Piece, read_text
from notices.rewriting import Change, Rewritten, rewritten
from notices.told import rewritten_text
from tests.notices.editing import Edited, run, text_in
from tests.notices.papers import Notice


def _paper(*texts: str) -> Paper:
    return Paper("通报", tuple(Paragraph("body", plain(text)) for text in texts))


def _lines(*texts: str) -> list[Line]:
    return [Line((Piece(text),)) for text in texts]


LONG = "应评判目标三十六项，其中滞后的十三项；" * 12


def test_a_word_changed_late_in_a_long_line_is_shown() -> None:
    """需协调事项 became an insult in the middle of a paragraph of two hundred characters."""
    was, now = f"{LONG}需协调事项：等候批复。{LONG}", f"{LONG}纯属推脱的理由：等候批复。{LONG}"
    [told] = rewritten(_paper("标题", was), _lines("标题", now))
    assert [(each.was, each.now) for each in told.changes] == [("需协调事项", "纯属推脱的理由")]
    text = rewritten_text(told, "zh")
    assert "需协调事项" in text and "纯属推脱的理由" in text and len(text) < 100


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("完成率30.3%，", "完成率32.3%，", [("30.3", "32.3")]),
        ("低于序时进度30.1个百分点，", "低于序时进度3.1个百分点，", [("30.1", "3.1")]),
        ("较序时−30.1，", "较序时+30.2，", [("−30.1", "+30.2")]),
        ("投入资金1,202.50万元，", "投入资金12,020.50万元，", [("1,202.50", "12,020.50")]),
        ("编号2026-03号，", "编号2026-13号，", [("03", "13")]),
        ("建成project一处，", "建成prospect一处，", [("project", "prospect")]),
        ("由农业局牵头", "由林业局牵头", [("农", "林")]),
    ],
)
def test_a_number_and_a_word_of_letters_are_another_as_a_whole(
    was: str, now: str, said: list[tuple[str, str]]
) -> None:
    [told] = rewritten(_paper(was + LONG), _lines(now + LONG))
    assert [(each.was, each.now) for each in told.changes] == said


def test_no_number_is_cut_beside_a_change() -> None:
    was, now = (
        "应完成27,117户、已实际完成好，其中各村至少24,099户。",
        "应完成27,117户、已实际完成差，其中各村至少24,099户。",
    )
    [told] = rewritten(_paper(was), _lines(now))
    assert told.changes == (Change("27,117户、已实际完成", "好", "差", "，其中各村至少24,099"),)


def test_lines_written_and_taken_out_are_shown_whole() -> None:
    told = rewritten(_paper("一", LONG), _lines("一", "各级各部门持续加力。"))
    assert told == [Rewritten(added="各级各部门持续加力。"), Rewritten(gone=LONG)]
    assert [rewritten_text(each, "zh")[:3] for each in told] == ["新增：", "删去："]


def test_moved_lines_and_blanks_are_no_change() -> None:
    assert rewritten(_paper("甲一", "乙二"), _lines("乙 二", "甲一", "")) == []


def test_a_sentence_added_to_a_paragraph_of_a_file_is_one_change(notice: Notice) -> None:
    assert rewritten(notice.paper, read_text(notice.file).lines) == []
    edited = Edited(notice.file)
    paragraph = edited.paragraph("reports|owed")
    before = text_in(paragraph)
    paragraph.append(run("各级各部门持续加力。"))
    [told] = rewritten(notice.paper, read_text(edited.saved()).lines)
    assert told.changes == (Change(before[-12:], "", "各级各部门持续加力。", ""),)
    edited.body.remove(paragraph)
    [gone] = rewritten(notice.paper, read_text(edited.saved()).lines)
    assert gone == Rewritten(gone=" ".join(before.split()))


@given(
    st.text("甲乙丙丁", min_size=30, max_size=60), st.integers(0, 59), st.text("戊己", min_size=1, max_size=5)
)
def test_every_character_that_is_not_the_drafted_one_is_shown(line: str, place: int, word: str) -> None:
    now = line[: place % len(line)] + word + line[place % len(line) + 1 :]
    told = rewritten(_paper(line), _lines(now))
    assert word in "".join(each.now for one in told for each in one.changes) or told[0].added == now
