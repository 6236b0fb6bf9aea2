"""The lines of a title end where its sense allows, are about as long as each other, and part no word or figure."""

import io
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.words import Lang
from notices.checking import check
from notices.choices import ANNEXES
from notices.content import Paper, Paragraph, Run, Runs, plain, squeezed, text_of
from notices.pdf import pdf
from notices.reading import read_text
from notices.rewriting import rewritten
from notices.titles import ROOM, title_lines
from notices.words import say
from tests.notices.editing import Edited, run, w
from tests.notices.pages import pages_of
from tests.notices.papers import Notice
from ui.words import CATALOGUES

NOTICE = "关于2026年度1—10月目标任务进展情况的通报"
LINES = {
    NOTICE: ["关于2026年度1—10月", "目标任务进展情况的通报"],
    "关于2026年度1月目标任务进展情况的通报": ["关于2026年度1月目标任务进展情况的通报"],
    f"关于更正《{NOTICE}》有关数据的通报": [
        "关于更正《关于2026年度1—10月",
        "目标任务进展情况的通报》有关数据的通报",
    ],
    "关于2026年度县委县政府重点工作、民生实事和乡村振兴任务完成情况的督查通报": [
        "关于2026年度县委县政府",
        "重点工作、民生实事和乡村振兴",
        "任务完成情况的督查通报",
    ],
    "乡镇重点指标进度一览表": ["乡镇重点指标进度一览表"],
}


def _texts(runs: Runs) -> list[str]:
    return [text_of(line) for line in title_lines(runs)]


@pytest.mark.parametrize("title", LINES)
def test_a_title_is_broken_where_its_sense_allows(title: str) -> None:
    assert _texts(plain(title)) == LINES[title]


def test_a_name_or_figure_is_never_parted() -> None:
    name = "甲乙丙丁戊己庚辛壬癸"
    runs = (Run("关于"), Run(name, "frame|county"), Run("2026年度", "frame|year"), Run("目标任务的通报"))
    lines = title_lines(runs)
    assert [run for line in lines for run in line] == list(runs) and len(lines) == 2


@given(st.text("甲乙丙2026年月的、《》通报目标任务", max_size=70))
def test_whatever_it_says_nothing_is_lost_and_no_word_parted(title: str) -> None:
    lines = _texts(plain(title))
    assert "".join(lines) == title
    assert all(line and sum(0.6 if each.isascii() else 1 for each in line) <= ROOM for line in lines) or (
        len(lines) == 1
    )
    for before, after in pairwise(lines):
        assert before[-1] + after[0] not in ("通报", "目标", "任务") and after[0] not in "的、》"


def test_a_word_file_ends_the_lines_itself_and_is_read_as_before(notice: Notice) -> None:
    with zipfile.ZipFile(io.BytesIO(notice.file)) as archive:
        before, after = archive.read("word/document.xml").decode().split("<w:r><w:br/></w:r>")
    assert before.endswith("1—10月</w:t></w:r></w:sdtContent></w:sdt>")
    assert "目标任务进展情况的通报</w:t>" in after[:80]
    lines = read_text(notice.file).lines
    assert lines[0].text == NOTICE
    assert rewritten(notice.paper, lines) == [] and check(notice.paper, lines, notice.figures) == []


def test_a_changed_title_is_shown_without_its_lines(notice: Notice) -> None:
    content = Edited(notice.file)
    [held] = [each for each in content.body.iter() if each.text == "目标任务进展情况的通报"]
    held.text = "目标任务进展情况的督查通报"
    [told] = rewritten(notice.paper, read_text(content.saved()).lines)
    assert [(each.was, each.now) for each in told.changes] == [("", "督查")]


def test_a_pdf_has_the_same_lines(tmp_path: Path) -> None:
    file = tmp_path / "title.pdf"
    file.write_bytes(pdf(Paper("通报", tuple(Paragraph("title", plain(title)) for title in LINES))))
    [page] = pages_of(file)
    assert [squeezed(line.text) for line in page.body] == [line for lines in LINES.values() for line in lines]


def test_the_end_of_a_line_parts_figures_and_no_chinese_words(notice: Notice) -> None:
    content = Edited(notice.file)
    paragraph = content.paragraph("reports|owed")
    for text in ("其中12", "345项中的", "两项"):
        paragraph.extend((w("r", w("br")), run(text)))
    [line] = [each for each in read_text(content.saved()).lines if each.text.endswith("两项")]
    assert line.text.endswith("其中12 345项中的两项")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_annex_is_called_alike_where_it_is_chosen_and_where_it_stands(lang: Lang) -> None:
    for name in ANNEXES:
        assert CATALOGUES[lang][f"notices.annex.{name}"] == say(f"notice.annex.{name}", lang)
