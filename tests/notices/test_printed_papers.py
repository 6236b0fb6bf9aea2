"""The smaller papers as LibreOffice prints them: a brief of one page, slips that leave nothing alone, the foot."""

import re

import pytest

from briefing.villages import Villages
from notices.brief import brief
from notices.choices import shipped_choices
from notices.content import Paper, Paragraph, Table, plain
from notices.figures import Figures
from notices.foot import foot
from notices.slips import Cited, slips
from notices.word import word
from notices.words import say
from tests.notices.pages import MM, Page, printed_pages
from tests.notices.papers import notice_of

BOTTOM, LINE = 297 - 35, 225 / 22


def _foot(villages: Villages) -> Paper:
    choices = shipped_choices(Figures(villages))
    typed = {**choices.typed, "copies": "县委办公室，" * 9 + "县政协办公室", "signature": "县政府办公室"}
    last = tuple(foot(type(choices)(typed=typed)))
    text = Paragraph("body", plain("正文"))
    return Paper("foot", (text, *last, Paragraph("annex", plain("附件1")), Paragraph("note", plain("附表"))))


def _held(above: int) -> Paper:
    table = Table(("项",), (1.0,), (False,), tuple((plain(f"行{row}"),) for row in range(above)))
    return Paper("held", (table, Paragraph("signature", plain("办公室")), Paragraph("day", plain("某日"))))


def _introduced(above: int) -> Paper:
    table = Table(("项",), (1.0,), (False,), ((plain("行1"),), (plain("行2"),)))
    lines = tuple(Paragraph("body", plain("甲")) for _ in range(above))
    return Paper("introduced", (*lines, Paragraph("body", plain("如下：")), table))


@pytest.fixture(scope="module")
def printed(villages: Villages, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Page]]:
    notice = notice_of(villages)
    cited = Cited(notice.paper.name, "")
    papers = {"brief": brief(notice.figures, notice.choices), "foot": _foot(villages)}
    papers["annexes"] = Paper(
        "annexes",
        (
            Paragraph("body", plain("正文")),
            Paragraph("annexes", plain("附件：1．甲")),
            Paragraph("annexes", plain("　　　2．乙")),
            Paragraph("signature", plain("办公室")),
        ),
    )
    titles = (notice.paper.name, say("correction.title", "zh", title=notice.paper.name))
    papers["titles"] = Paper("titles", tuple(Paragraph("title", plain(title)) for title in titles))
    papers |= {f"held{rows}": _held(rows) for rows in (36, 37, 38, 39, 40)}
    papers |= {f"table{above}": _introduced(above) for above in (19, 20, 21)}
    papers |= {
        f"slip{place}": made
        for place, made in enumerate(slips(notice.figures, notice.choices, cited))
        if len(made.blocks) > 8
    }
    return printed_pages(
        tmp_path_factory.mktemp("papers"), {name: word(paper) for name, paper in papers.items()}
    )


def test_the_brief_is_one_page_with_room_left(printed: dict[str, list[Page]]) -> None:
    [page] = printed["brief"]
    assert page.body[-1].bottom < BOTTOM - 10


def test_no_page_of_a_slip_holds_the_receipt_alone(printed: dict[str, list[Page]]) -> None:
    held = {name: pages for name, pages in printed.items() if name.startswith("slip")}
    assert len(held) >= 3
    assert any(len(pages) == 1 for pages in held.values())
    for pages in held.values():
        text = [line.text for line in pages[-1].body]
        [receipt] = [place for place, line in enumerate(text) if line.startswith("签收人")]
        assert receipt == len(text) - 1 >= 4


def test_numbers_and_days_of_items_are_whole(printed: dict[str, list[Page]]) -> None:
    said = [
        line.text for name in printed if name.startswith("slip") for p in printed[name] for line in p.body
    ]
    numbers = [line for line in said if "ZG" in line]
    assert numbers and all(re.search(r"ZG\d{4}-\d{3}", line) for line in numbers)


def test_the_foot_stands_on_the_last_page_in_its_order(printed: dict[str, list[Page]]) -> None:
    first, last = printed["foot"]
    assert [line.text for line in first.body] == ["正文"]
    [copies] = [line for line in last.body if line.text.startswith("抄送")]
    [printer] = [line for line in last.body if line.text.startswith("县政府办公室")]
    assert last.body[-1] is printer and printer.text.endswith("印发")
    assert BOTTOM - 12 < printer.bottom <= BOTTOM + 1
    # Three lines of copies, none of them under the printer's.
    between = [line for line in last.body if copies.top <= line.top < printer.top]
    assert len(between) == 3 and between[-1].bottom <= printer.top + 1
    assert printer.right == pytest.approx(210 - 26 - 14 / MM, abs=1.5)


def test_a_signature_takes_a_row_of_the_table_along(printed: dict[str, list[Page]]) -> None:
    for name in ("held36", "held37", "held38", "held39", "held40"):
        page = printed[name][-1]
        assert any(line.text == "办公室" for line in page.body)
        assert any(line.text.startswith("行") for line in page.body), name


def test_a_table_is_on_the_page_of_the_line_that_introduces_it(printed: dict[str, list[Page]]) -> None:
    for name in ("table19", "table20", "table21"):
        pages = [[line.text for line in page.body] for page in printed[name]]
        assert [("如下：" in page) == ("行1" in page) for page in pages] == [True] * len(pages), name


def test_annexes_stand_a_line_below_the_text_and_close_together(printed: dict[str, list[Page]]) -> None:
    text, first, second, signature = printed["annexes"][0].body
    assert [text.text, signature.text] == ["正文", "办公室"]
    steps = [(below.bottom - above.bottom) / LINE for above, below in ((text, first), (first, second))]
    assert steps == pytest.approx([2, 1], abs=0.1)
    # Two free lines for the seal.
    assert (signature.bottom - second.bottom) / LINE == pytest.approx(3, abs=0.1)


def test_the_lines_of_a_title_end_where_its_sense_allows(printed: dict[str, list[Page]]) -> None:
    assert [line.text for line in printed["titles"][0].body] == [
        "关于2026年度1—10月",
        "目标任务进展情况的通报",
        "关于更正《关于2026年度1—10月",
        "目标任务进展情况的通报》有关数据的通报",
    ]
