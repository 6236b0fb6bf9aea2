"""The check of files that went through other hands: changes tracked, LibreOffice, a later snapshot, broken files."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from briefing.villages import Villages
from notices.checking import Finding, check, corrected
from notices.figures import Figures
from notices.reading import FileRefused, read_lines
from notices.screening import has_personal_data
from tests.house.tree import CHINESE
from tests.notices.editing import BODY, Edited, W, copied, run, text_in, w, with_body
from tests.notices.papers import Notice

REPORTS = "reports|owed"
TRACKED = {"id": "9", "author": "李", "date": "2026-11-23T08:00:00Z"}
UNBOUND = {"unbound", "line_unbound", "table_unbound"}
Check = Callable[[bytes], list[Finding]]


@pytest.fixture
def edited(notice: Notice) -> Edited:
    return Edited(notice.file)


@pytest.fixture(scope="module")
def checked(notice: Notice) -> Check:
    return lambda content: check(notice.paper, read_lines(content), notice.figures)


def told(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(each.kind, each.key, each.found) for each in findings]


# Changes tracked.


def test_a_figure_deleted_with_changes_tracked(edited: Edited, checked: Check) -> None:
    held = edited.controls("reports|rate")[0]
    for said in held.iter(f"{W}t"):
        said.tag = f"{W}delText"
    [content] = held.findall(f"{W}sdtContent")
    content[:] = [w("del", *content, **TRACKED)]
    assert told(checked(edited.saved())) == [("removed", "reports|rate", "")]


def test_a_figure_changed_with_changes_tracked(edited: Edited, checked: Check) -> None:
    held = edited.controls("reports|rate")[0]
    [content] = held.findall(f"{W}sdtContent")
    content[:] = [w("del", *content, **TRACKED), w("ins", run("99.9%"), **TRACKED)]
    assert told(checked(edited.saved())) == [("changed", "reports|rate", "99.9%")]


def test_a_number_inserted_with_changes_tracked(edited: Edited, checked: Check) -> None:
    edited.paragraph(REPORTS).append(w("ins", run("另有5个乡镇迟报。"), **TRACKED))
    assert told(checked(edited.saved())) == [("unknown", "", "5")]


def test_a_number_typed_and_deleted_again(edited: Edited, checked: Check) -> None:
    edited.paragraph(REPORTS).append(w("ins", w("del", run("另有5个乡镇迟报。"), **TRACKED), **TRACKED))
    assert checked(edited.saved()) == []


def test_a_paragraph_moved_with_changes_tracked(edited: Edited, checked: Check) -> None:
    paragraph = edited.paragraph(REPORTS)
    there = w("p", w("moveTo", *(copied(child) for child in paragraph), **TRACKED))
    paragraph[:] = [w("moveFrom", *paragraph, **TRACKED)]
    edited.body.insert(0, there)
    assert checked(edited.saved()) == []


def test_a_paragraph_moved_out_of_the_file(edited: Edited, checked: Check) -> None:
    paragraph = edited.paragraph(REPORTS)
    paragraph[:] = [w("moveFrom", *paragraph, **TRACKED)]
    assert told(checked(edited.saved())) == [("line_removed", REPORTS, "")]


def test_a_row_deleted_with_changes_tracked(edited: Edited, checked: Check) -> None:
    row = edited.row("issue|ZG2026-012|days", edited.table("issue|ZG2026-012|days"))
    row.insert(0, w("trPr", w("del", **TRACKED)))
    for cell in row.findall(f"{W}tc"):
        [paragraph] = cell.findall(f"{W}p")
        paragraph[:] = [w("del", *paragraph, **TRACKED)]
    assert told(checked(edited.saved())) == [("line_removed", "issue|ZG2026-012|number", "")]


def test_a_number_in_a_text_box_is_found_once(edited: Edited, checked: Check) -> None:
    box = [w("txbxContent", w("p", run("另有5个乡镇迟报。"))) for _ in range(2)]
    choice = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
    both = w("r", w("AlternateContent", w("Choice", box[0]), w("Fallback", box[1])))
    for element in both.iter():
        if element.tag in (f"{W}AlternateContent", f"{W}Choice", f"{W}Fallback"):
            element.tag = element.tag.replace(W, choice)
    edited.body.insert(0, w("p", both))
    assert told(checked(edited.saved())) == [("unknown", "", "5")]


# LibreOffice.


@pytest.fixture(scope="module")
def through_libreoffice(notice: Notice, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The notice opened and saved by LibreOffice."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice on this machine: install libreoffice-writer to save the notice")
    folder = tmp_path_factory.mktemp("saved")
    (folder / "notice.docx").write_bytes(notice.file)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "docx", "--outdir", str(folder / "out")]
    subprocess.run([*command, str(folder / "notice.docx")], check=True, capture_output=True, timeout=120)
    return Path(folder / "out" / "notice.docx").read_bytes()


def test_libreoffice_loses_no_text(through_libreoffice: bytes, notice: Notice) -> None:
    before = ["".join(line.text.split()) for line in read_lines(notice.file)]
    assert ["".join(line.text.split()) for line in read_lines(through_libreoffice)] == before


def test_libreoffice_loses_at_most_what_binds_the_figures(through_libreoffice: bytes, checked: Check) -> None:
    assert {each.kind for each in checked(through_libreoffice)} <= UNBOUND


# A later snapshot.


class _Later(Figures):
    """The same figures, but for some that are others, and those that are gone (empty)."""

    others: dict[str, str]

    def told(self, key: str) -> str:
        found = self.others.get(key)
        return super().told(key) if found is None else found


def test_what_was_corrected_since(villages: Villages, notice: Notice) -> None:
    held = {run.key: run.text for run in notice.paper.bound()}
    days = next(key for key in held if key.startswith("cell|990521104|") and key.endswith("|days"))
    later = _Later(villages)
    # That it is known at another moment is no correction.
    later.others = {"reports|reported": "", "reports|rate": "95.0%", days: "1天", "frame|known_at": "今天"}
    found = corrected(notice.paper, notice.figures, later, {})
    assert {(each.kind, each.key, each.found, each.wanted) for each in found} == {
        ("corrected", "reports|reported", held["reports|reported"], ""),
        ("corrected", "reports|rate", held["reports|rate"], "95.0%"),
        ("corrected", days, held[days], "1天"),
    }
    assert len(found) == 3, "each once, at however many places it stands"
    name = notice.figures.text(f"indicator|{days.split('|')[2]}|name")
    assert [each.where for each in found if each.key == days] == [f"青石镇 {name} 滞后天数"]
    # What a correction has said already is not said again.
    said = {each.key: each.wanted for each in found}
    assert corrected(notice.paper, notice.figures, later, said) == []


def test_another_way_of_writing_a_figure_is_no_correction(villages: Villages, notice: Notice) -> None:
    newer = _Later(villages)
    newer.others = {"reports|rate": "九成三"}
    assert corrected(notice.paper, newer, newer, {}) == []
    assert check(notice.paper, read_lines(notice.file), newer) == [], "a file says what was drafted"


# Personal data.


@pytest.mark.parametrize(
    "text",
    [
        "522401199003071234",
        "５２２４０１１９９００３０７１２３４",
        "522401 19900307 123x",
        "13812345678",
        "138 1234 5678",
        "0857-8234567",
        "张某患有尿毒症",
        "户主李某外出",
        "监测户王某某家",
    ],
)
def test_what_no_paper_may_hold(text: str) -> None:
    assert has_personal_data(f"说明：{text}，已上门核实")


def test_a_telephone_number_in_full_width_digits() -> None:
    assert has_personal_data("联系电话１３８１２３４５６７８")


@pytest.mark.parametrize(
    "text", ["完成1,246户、支出13090.45万元", "2026年11月22日12:00", "云督〔2026〕3号", "残疾人就业人数"]
)
def test_what_a_paper_may_hold(text: str) -> None:
    assert not has_personal_data(text)


@pytest.mark.parametrize(
    "text",
    [
        "农户主动参与",
        "农户主要收入来源",
        "适龄妇女“两癌”免费筛查人数",
        "严重精神障碍患者规范管理率",
        "困难残疾人生活补贴和重度残疾人护理补贴发放率",
        "农村低收入人口大病患者救治比例",
    ],
)
def test_ordinary_words_are_not_personal(text: str) -> None:
    assert not has_personal_data(text)


# Files that are refused.


def _stored(body: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(BODY, body)
    return out.getvalue()


def _workbook() -> bytes:
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


def _doctype(body: bytes) -> bytes:
    head, _, rest = body.partition(b"?>")
    return head + b'?><!DOCTYPE a [<!ENTITY b "1">]>' + rest


WHY = {
    "empty": "不是 .docx 文档",
    "text": "不是 .docx 文档",
    "workbook": "不是 .docx 文档",
    "cut": "文件不完整",
    "no xml": "文件不完整",
    "bomb": "文件过大",
    "large": "文件过大",
    "document type": "内容含有不允许的声明",
    "encrypted": "文件有密码",
    "locked": "文件有密码",
}


@pytest.fixture(scope="module")
def refused(notice: Notice) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(notice.file)) as archive:
        body = archive.read(BODY)
    locked = bytearray(_stored(b"<a/>"))
    for head, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(head) + place] |= 1
    return {
        "empty": b"",
        "text": "关于2026年度目标任务进展情况的通报".encode(),
        "workbook": _workbook(),
        "cut": notice.file[: len(notice.file) // 2],
        "no xml": _stored(b"<w:document><w:p></w:document>"),
        "bomb": _stored(b"<a>" + b" " * 2**24 + b"</a>"),
        "large": bytes(20 * 2**20 + 1),
        "document type": with_body(notice.file, _doctype(body)),
        "encrypted": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        "locked": bytes(locked),
    }


@pytest.mark.parametrize("name", WHY)
def test_a_file_that_is_refused(refused: dict[str, bytes], name: str) -> None:
    with pytest.raises(FileRefused) as caught:
        read_lines(refused[name])
    assert caught.value.sentence("zh") == f"这个文件不能读取：{WHY[name]}。"
    assert not CHINESE.search(caught.value.sentence("en") + caught.value.remedy("en"))


def _damaged(content: bytes, place: int) -> bytes:
    """The file with some bytes of its packed body overwritten."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        begin = archive.getinfo(BODY).header_offset + 30 + len(BODY) + place
    return content[:begin] + b"\xff" * 64 + content[begin + 64 :]


def test_a_file_damaged_on_its_way_is_refused(notice: Notice) -> None:
    with pytest.raises(FileRefused):
        read_lines(_damaged(notice.file, 0))


def test_a_directory_that_points_nowhere_is_refused(notice: Notice) -> None:
    content = bytearray(_stored(b"<a/>"))
    place = content.index(b"PK\x01\x02") + 42
    content[place : place + 4] = (len(content) - 10).to_bytes(4, "little")
    with pytest.raises(FileRefused):
        read_lines(bytes(content))


def test_what_is_left_of_a_control(edited: Edited) -> None:
    """The reader gives the text and key of each piece, in order."""
    [line] = [each for each in read_lines(edited.saved()) if any(p.key == REPORTS for p in each.pieces)]
    assert line.text == text_in(edited.paragraph(REPORTS))
    keys = [piece.key for piece in line.pieces if piece.key]
    assert keys[:4] == [REPORTS, "reports|reported", "reports|waiting", "reports|rate"]
