"""The written notice as LibreOffice prints it: the page of GB/T 9704, its lines, numbers and annexes."""

import io
import re
import time
import zipfile
from collections.abc import Callable
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from briefing.villages import Villages
from notices.content import Paper, Paragraph, plain
from notices.layout import INSTEAD, LOOKS, TABLE_TEXT
from notices.word import word
from tests.notices.editing import Edited, W, text_in
from tests.notices.pages import MM, Page, printed_pages
from tests.notices.papers import notice_of

TOP, BOTTOM, LEFT, RIGHT = 37, 35, 28, 26
LINES, CHARACTERS, LINE = 22, 28, 225 / 22
# Hangs over the edge of the text, as the standard allows.
HANGING = "，。；：、）”》"
MASTHEADS = (
    "云岭县人民政府文件",
    "云岭县人民政府办公室督查通报",
    "云岭县巩固拓展脱贫攻坚成果同乡村振兴有效衔接领导小组办公室文件",
)


@pytest.fixture(scope="module")
def printed(villages: Villages, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Page]]:
    """The demo county's notice, a page full of plain text, and mastheads, in one call of LibreOffice."""
    full = Paper("full", (Paragraph("body", plain("为了检验版心本段文字须排满整页" * 130)),))
    heads = Paper("heads", tuple(Paragraph("masthead", plain(text)) for text in MASTHEADS))
    files = {"notice": notice_of(villages).file, "full": word(full), "heads": word(heads)}
    return printed_pages(tmp_path_factory.mktemp("printed"), files)


@pytest.fixture(scope="module")
def notice(printed: dict[str, list[Page]]) -> list[Page]:
    return printed["notice"]


@pytest.fixture(scope="module")
def text_pages(notice: list[Page]) -> list[Page]:
    """The pages before the annexes."""
    first = next(place for place, page in enumerate(notice) if page.body[0].text.startswith("附件1"))
    return notice[:first]


def test_every_page_is_a4(notice: list[Page]) -> None:
    for page in notice:
        assert sorted((page.width, page.height)) == pytest.approx([210, 297], abs=0.5)


def test_a_full_page_has_22_lines_of_28_characters_between_its_margins(
    printed: dict[str, list[Page]],
) -> None:
    first, second, third, *_ = printed["full"]
    for page in (first, second, third):
        assert len(page.body) == LINES
        assert page.body[0].bottom == pytest.approx(TOP + LINE, abs=1)
        assert page.body[-1].bottom == pytest.approx(297 - BOTTOM, abs=1)
    for line in (*first.body[1:], *second.body, *third.body):
        assert len(line.text) == CHARACTERS
        assert line.left == pytest.approx(LEFT, abs=1) and line.right == pytest.approx(210 - RIGHT, abs=1)
    begins = first.body[0]
    assert len(begins.text) == CHARACTERS - 2 and begins.left == pytest.approx(LEFT + 2 * 156 / 28, abs=1)


def test_the_text_stands_between_its_margins(text_pages: list[Page]) -> None:
    assert len(text_pages) > 5
    for page in text_pages:
        assert len(page.body) <= LINES
        assert min(line.left for line in page.body) >= LEFT - 1
        assert page.body[0].top >= TOP - 1 and page.body[-1].bottom <= 297 - BOTTOM + 1
        for line in page.body:
            hangs = 156 / 28 if line.text[-1] in HANGING else 0
            assert line.right <= 210 - RIGHT + hangs + 1, line.text
    assert max(len(page.body) for page in text_pages) == LINES
    assert min(line.left for page in text_pages for line in page.body) == pytest.approx(LEFT, abs=1)


def test_no_number_is_broken_over_two_lines(text_pages: list[Page]) -> None:
    lines = [line.text for page in text_pages for line in page.body]
    broken = [
        (one, other)
        for one, other in pairwise(lines)
        if re.search(r"[\d.,−]$", one) and re.match(r"[\d.,%]", other)
    ]
    assert broken == []
    assert sum(bool(re.match(r"\d", line)) for line in lines) > 5, "some lines do begin with a number"


def test_page_numbers_stand_at_the_outer_side(notice: list[Page]) -> None:
    for place, page in enumerate(notice, start=1):
        number = page.number
        assert number.text == f"—{place}—"
        is_left = number.right < page.width / 2
        assert is_left == (place % 2 == 0)
        if page.width < page.height:
            # One character in from the edge of the text, below it.
            edge = number.left - LEFT if is_left else 210 - RIGHT - number.right
            assert edge == pytest.approx(14 / MM, abs=1)
            assert number.top > 297 - BOTTOM and number.top - (297 - BOTTOM) == pytest.approx(7, abs=2)


def test_wide_tables_stand_on_pages_on_their_side(notice: list[Page], text_pages: list[Page]) -> None:
    sides = {
        re.sub(r"\D", "", page.body[0].text): page.width > page.height
        for page in notice[len(text_pages) :]
        if page.body and re.fullmatch(r"附件\d", page.body[0].text)
    }
    assert sides == {"1": True, "2": False, "3": True, "4": True, "5": False}


def test_heads_of_tables_are_repeated(notice: list[Page], text_pages: list[Page], villages: Villages) -> None:
    heads = [
        any("指标" in line.text and "完成率" in line.text for line in page.body)
        for page in notice[len(text_pages) :]
    ]
    assert sum(heads) >= 2, "the table of targets behind takes more than one page"
    for table in Edited(notice_of(villages).file).tables():
        marked = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.findall(f"{W}tr")]
        assert marked == [True] + [False] * (len(marked) - 1)
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in table.findall(f"{W}tr"))


STOPS, OVER_THE_EDGE = ("，", "。", "；", "、", "："), 4


def test_tables_stand_between_the_margins_and_nothing_is_cut(
    notice: list[Page], text_pages: list[Page]
) -> None:
    for page in notice[len(text_pages) :]:
        # Charts have no lines: they are pictures.
        if not page.body:
            continue
        left, right = (BOTTOM, TOP) if page.width > page.height else (LEFT, RIGHT)
        assert min(line.left for line in page.body) >= left - 1
        # A mark at the end of a line may hang over the margin.
        edges = [line.right - OVER_THE_EDGE * line.text.endswith(STOPS) for line in page.body]
        assert max(edges) <= page.width - right + 1


def test_a_masthead_stands_on_one_line(printed: dict[str, list[Page]]) -> None:
    [page] = printed["heads"]
    assert [line.text for line in page.body] == list(MASTHEADS)
    for line in page.body:
        assert line.left >= LEFT - 1 and line.right <= 210 - RIGHT + 1
        assert (line.left + line.right) / 2 == pytest.approx((LEFT + 210 - RIGHT) / 2, abs=2)


# The file itself.


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_two_files_of_one_paper_hold_the_same(villages: Villages) -> None:
    notice = notice_of(villages)
    assert _parts(word(notice.paper)) == _parts(notice.file)


def test_two_files_of_one_paper_have_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = Paper("one", (Paragraph("body", plain("同一份文件")),))
    now: Callable[[], float] = time.time
    first = word(paper)
    monkeypatch.setattr(zipfile.time, "time", lambda: now() + 3600)  # type: ignore[attr-defined]
    assert word(paper) == first


def test_every_paragraph_has_a_style_of_its_name(villages: Villages) -> None:
    parts = _parts(notice_of(villages).file)
    styles = ElementTree.fromstring(parts["word/styles.xml"])
    names = {
        style.get(f"{W}styleId"): style.find(f"{W}name").get(f"{W}val")  # type: ignore[union-attr]
        for style in styles.findall(f"{W}style")
    }
    known = {look.name for look in LOOKS.values()} | {TABLE_TEXT.name}
    used = set()
    for paragraph in Edited(notice_of(villages).file).body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is None:
            # What ends a section is no line of the text.
            assert paragraph.find(f"{W}pPr/{W}sectPr") is not None and not text_in(paragraph)
            continue
        used.add(names[style.get(f"{W}val")])
    assert used <= known
    assert {"公文标题", "一级标题", "二级标题", "公文正文", "分项", "附件标题", "表格文字"} <= used


def test_the_styles_are_those_of_the_standard(villages: Villages) -> None:
    """Typeface, size in half points and first line of each, read out of the file."""
    styles = ElementTree.fromstring(_parts(notice_of(villages).file)["word/styles.xml"])
    found = {}
    for style in styles.findall(f"{W}style"):
        fonts, size = style.find(f"{W}rPr/{W}rFonts"), style.find(f"{W}rPr/{W}sz")
        indent = style.find(f"{W}pPr/{W}ind")
        first = "" if indent is None else indent.get(f"{W}firstLineChars", "")
        if indent is not None and indent.get(f"{W}hangingChars"):
            first = f"{indent.get(f'{W}leftChars')}-{indent.get(f'{W}hangingChars')}"
        if fonts is not None and size is not None:
            name = style.find(f"{W}name").get(f"{W}val")  # type: ignore[union-attr]
            found[name] = (fonts.get(f"{W}eastAsia"), size.get(f"{W}val"), first)
    assert found["公文标题"] == ("方正小标宋简体", "44", "")
    assert found["一级标题"] == ("黑体", "32", "200")
    assert found["二级标题"] == ("楷体_GB2312", "32", "200")
    assert found["公文正文"] == found["分项"] == ("仿宋_GB2312", "32", "200")
    assert found["附件说明"] == ("仿宋_GB2312", "32", "650-450")
    assert found["页码"] == ("宋体", "28", "")


def test_the_file_names_what_stands_in_for_a_typeface() -> None:
    content = word(Paper("通报", (Paragraph("body", plain("正文")),)))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        fonts = archive.read("word/fontTable.xml").decode()
    for name, other in INSTEAD.items():
        assert f'<w:font w:name="{name}"><w:altName w:val="{other}"/>' in fonts
