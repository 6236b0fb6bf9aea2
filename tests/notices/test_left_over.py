"""What of the work on a file is still in it: remarks, tracked changes, and what people wrote on its margins."""

import zipfile
from io import BytesIO

import pytest

from notices.checking import COMMENT, TRACKED, UNKNOWN, check, left_over
from notices.reading import FileRefused, read_text
from notices.told import finding_text
from tests.notices.editing import Edited, run, w
from tests.notices.papers import Notice

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OF_CHANGES = {"id": "9", "author": "李", "date": "2026-11-23T08:00:00Z"}


def _with_part(content: bytes, name: str, inner: str, root: str = "hdr") -> bytes:
    """The file with another part, as Word keeps it beside the text."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as was, zipfile.ZipFile(out, "w") as now:
        for each in was.namelist():
            if each != name:
                now.writestr(each, was.read(each))
        now.writestr(name, f'<w:{root} xmlns:w="{W}">{inner}</w:{root}>')
    return out.getvalue()


def _said(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_a_file_as_drafted_leaves_nothing(notice: Notice) -> None:
    text = read_text(notice.file)
    assert (text.tracked, text.comments) == (0, ())
    assert left_over(text) == []


def test_a_remark_is_told_and_is_no_text(notice: Notice) -> None:
    remark = f'<w:comment w:id="1" w:author="李">{_said("这里是不是 87.6%？")}</w:comment>'
    text = read_text(_with_part(notice.file, "word/comments.xml", remark, "comments"))
    assert text.lines == read_text(notice.file).lines
    [found] = left_over(text)
    assert (found.kind, found.found) == (COMMENT, "这里是不是 87.6%？")
    assert "批注" in finding_text(found, "zh") and "87.6%" in finding_text(found, "en")


@pytest.mark.parametrize("tag", ["ins", "del", "moveFrom", "moveTo"])
def test_changes_that_are_still_tracked_are_told_once(notice: Notice, tag: str) -> None:
    edited = Edited(notice.file)
    for _ in range(2):
        edited.paragraph("reports|owed").append(w(tag, run("字"), **OF_CHANGES))
    text = read_text(edited.saved())
    assert [each.kind for each in left_over(text)] == [TRACKED]
    assert "修订" in finding_text(left_over(text)[0], "zh")


@pytest.mark.parametrize("name", ["word/header1.xml", "word/footer2.xml", "word/footer12.xml"])
def test_what_is_written_on_the_margin_is_read(notice: Notice, name: str) -> None:
    text = read_text(_with_part(notice.file, name, _said("全县完成率87.6%")))
    found = check(notice.paper, text.lines, notice.figures)
    assert [(each.kind, each.found) for each in found] == [(UNKNOWN, "87.6%")]


@pytest.mark.parametrize(
    "number",
    [
        '<w:fldSimple w:instr="PAGE"><w:r><w:t>12</w:t></w:r></w:fldSimple>',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ],
)
def test_the_number_of_a_page_is_no_figure(notice: Notice, number: str) -> None:
    inner = f"<w:p><w:r><w:t>— </w:t></w:r>{number}<w:r><w:t> —</w:t></w:r></w:p>"
    text = read_text(_with_part(notice.file, "word/footer1.xml", inner, "ftr"))
    assert text.lines == read_text(notice.file).lines
    # What stands behind the field is read again.
    behind = read_text(_with_part(notice.file, "word/footer1.xml", inner + _said("共87项"), "ftr"))
    assert [line.text for line in behind.lines if line not in text.lines] == ["共87项"]


def test_a_field_in_the_text_is_read(notice: Notice) -> None:
    edited = Edited(notice.file)
    edited.paragraph("reports|owed").append(w("fldSimple", run("另有5个。"), instr="SUM(A1:A3)"))
    found = check(notice.paper, read_text(edited.saved()).lines, notice.figures)
    assert [(each.kind, each.found) for each in found] == [(UNKNOWN, "5")]


@pytest.mark.parametrize("name", ["word/comments.xml", "word/header1.xml"])
def test_a_part_that_is_no_text_is_refused(notice: Notice, name: str) -> None:
    with pytest.raises(FileRefused):
        read_text(_with_part(notice.file, name, "<w:p>"))
