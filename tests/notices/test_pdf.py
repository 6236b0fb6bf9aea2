"""A paper as PDF keeps the page of GB/T 9704: full lines, nothing alone, copies at the foot of the last page."""

from pathlib import Path

import pytest

from notices import layout
from notices.content import Block, Paper, Paragraph, Table, plain
from notices.pdf import pdf
from tests.notices.pages import MM, Page, Printed, pages_of

LEFT, RIGHT, BOTTOM, PAGE = 28, 210 - 26, 297 - 35, 297
TEXT = "本期应报4,686份，已报4,357份，报送率93.0%，数据截至2026年10月31日（云督〔2026〕9号），"


def _printed(folder: Path, *blocks: Block) -> list[Page]:
    file = folder / "paper.pdf"
    file.write_bytes(pdf(Paper("通报", blocks)))
    return pages_of(file)


def _line(pages: list[Page], text: str) -> tuple[int, Printed]:
    [found] = [
        (number, line)
        for number, page in enumerate(pages, start=1)
        for line in page.lines
        if line.text.startswith(text)
    ]
    return found


def test_lines_end_at_the_right_margin_and_at_no_bracket(tmp_path: Path) -> None:
    [page] = _printed(tmp_path, Paragraph("body", plain(TEXT * 7)))
    *lines, last = page.body
    assert len(lines) > 8
    for line in lines:
        assert line.right == pytest.approx(RIGHT, abs=0.7), line.text
        assert line.text[-1] not in "（〔《“" and line.text[0] not in "）〕》”。，；、"
    assert last.right < RIGHT - 5
    said = " ".join(line.text for line in page.body)
    assert said.count("2026年10月31日") == said.count("〔2026〕9号") == 7


def test_annexes_stand_under_each_other_a_line_below_the_text(tmp_path: Path) -> None:
    told = ("附件：1．一览表", "　　　2．情况表", "　　　3．明细表")
    [page] = _printed(
        tmp_path, Paragraph("body", plain("甲")), *(Paragraph("annexes", plain(each)) for each in told)
    )
    text, first, second, third = page.body
    assert second.left == pytest.approx(third.left, abs=0.3)
    assert second.left - first.left == pytest.approx(3 * 15.75 / MM, abs=1)
    step = layout.LINE / 20 / MM
    assert first.bottom - text.bottom == pytest.approx(2 * step, abs=0.5)
    assert second.bottom - first.bottom == pytest.approx(step, abs=0.5)


def test_a_long_title_of_an_annex_goes_on_under_its_first_sign(tmp_path: Path) -> None:
    long = "关于全县各乡镇巩固拓展脱贫攻坚成果同乡村振兴有效衔接重点工作进度的一览表"
    told = (f"附件：1．{long}", f"　　　2．{long}")
    [page] = _printed(tmp_path, *(Paragraph("annexes", plain(each)) for each in told))
    first, second, third, fourth = page.body
    sign = 16 / MM
    assert first.text.startswith("附件：1．关于") and third.text.startswith("2．关于")
    # Two signs in, three for the word and its colon, one and a half for the number.
    assert second.left == pytest.approx(LEFT + 6.5 * sign, abs=1)
    assert fourth.left == pytest.approx(second.left, abs=0.3)
    assert third.left + 1.5 * sign == pytest.approx(second.left, abs=1)
    assert first.right <= RIGHT + 0.7 and third.right <= RIGHT + 0.7


def test_copies_and_printer_stand_at_the_foot_of_the_last_page(tmp_path: Path) -> None:
    pages = _printed(
        tmp_path,
        Paragraph("body", plain("正文")),
        Paragraph("copies", plain("抄送：县委办公室。")),
        Paragraph("printed", plain("县政府办公室\t2026年11月23日印发")),
        Paragraph("annex", plain("附件1")),
        Paragraph("note", plain("附表")),
    )
    assert [page.body[0].text for page in pages] == ["正文", "附件1"]
    number, copies = _line(pages, "抄送")
    _, printed = _line(pages, "县政府办公室")
    assert number == 2 and copies.bottom < printed.bottom <= BOTTOM + 1
    assert printed.bottom > BOTTOM - 10 and printed.text.endswith("2026年11月23日印发")
    assert printed.left == pytest.approx(LEFT + 14 / MM, abs=0.3)
    assert printed.right == pytest.approx(RIGHT - 14 / MM, abs=0.3)


@pytest.mark.parametrize("above", range(8))
def test_a_signature_is_never_alone_on_a_page(tmp_path: Path, above: int) -> None:
    lines = [Paragraph("body", plain("甲")) for _ in range(15 + above)]
    pages = _printed(
        tmp_path, *lines, Paragraph("signature", plain("办公室")), Paragraph("day", plain("某日"))
    )
    number, _ = _line(pages, "办公室")
    assert _line(pages, "某日")[0] == number
    assert pages[number - 1].body[0].text == "甲"


@pytest.mark.parametrize("rows", range(28, 36))
def test_a_table_goes_along_with_the_signature_behind_it(tmp_path: Path, rows: int) -> None:
    table = Table(("项",), (1.0,), (False,), tuple((plain(f"行{row}"),) for row in range(rows)))
    pages = _printed(
        tmp_path, table, Paragraph("signature", plain("办公室")), Paragraph("day", plain("某日"))
    )
    number, _ = _line(pages, "办公室")
    assert [line.text for line in pages[number - 1].body if line.text.startswith("行")]


def test_a_heading_is_not_the_last_line_of_a_page(tmp_path: Path) -> None:
    for above in range(19, 24):
        lines = [Paragraph("body", plain("甲")) for _ in range(above)]
        pages = _printed(
            tmp_path, *lines, Paragraph("heading", plain("一、标题")), Paragraph("body", plain("乙"))
        )
        assert _line(pages, "一、标题")[0] == _line(pages, "乙")[0]


def test_a_table_is_on_the_page_of_the_line_that_introduces_it(tmp_path: Path) -> None:
    table = Table(("项",), (1.0,), (False,), ((plain("行1"),), (plain("行2"),)))
    for above in range(18, 24):
        lines = [Paragraph("body", plain("甲")) for _ in range(above)]
        pages = _printed(tmp_path, *lines, Paragraph("body", plain("如下：")), table)
        assert _line(pages, "如下")[0] == _line(pages, "行1")[0]


def test_no_row_touches_the_number_of_a_page_on_its_side(tmp_path: Path) -> None:
    table = Table(("项",), (1.0,), (False,), tuple((plain(f"行{row}"),) for row in range(80)), is_wide=True)
    pages = _printed(tmp_path, Paragraph("annex", plain("附件1")), table)
    full = [page for page in pages if page.width > page.height][:-1]
    assert full
    for page in full:
        assert page.number.top - max(line.bottom for line in page.body) > 2
