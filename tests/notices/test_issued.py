"""The document that goes out: number and day where the draft left them blank, all else as it was handed in."""

import re
import zipfile
from io import BytesIO

from sqlalchemy import Engine

from data_access.engine import read
from notices.checking import NOT_FILLED
from notices.choices import Choices
from notices.content import BLANK_DAY, BLANK_NUMBER, Paper, Paragraph
from notices.foot import foot
from notices.issued import blank_day, filled
from notices.opened import current_file
from notices.reading import read_lines
from notices.word import word
from tests.notices.editing import BODY, with_body
from tests.notices.office import (
    NUMBER,
    WHOLE,
    answer,
    ask,
    bring,
    check,
    chosen,
    drafted,
    go_out,
    issue,
    look,
    paper_file,
    with_text,
)

DAY = "2026年6月21日"
SAID = {BLANK_NUMBER: NUMBER, BLANK_DAY: DAY}
# As LibreOffice writes a control: its text is there, its tag is not.
TAGS = re.compile(r'<w:tag w:val="blank\|(?:number|day)"/>')


def _texts(content: bytes) -> list[str]:
    return ["".join(line.text.split()) for line in read_lines(content)]


def _body(content: bytes) -> str:
    return zipfile.ZipFile(BytesIO(content)).read(BODY).decode()


def _edited(content: bytes, body: str) -> bytes:
    return with_body(content, body.encode())


def _out(office: Engine) -> bytes:
    with read(office) as connection:
        return current_file(connection, WHOLE, look(office))


def _unplaced(office: Engine) -> list[str]:
    issued = look(office).issued
    assert issued is not None and issued.findings is not None
    return [each["wanted"] for each in issued.findings if each["kind"] == NOT_FILLED]


def test_a_draft_goes_out_with_its_number_and_day(office: Engine) -> None:
    assert {run.key for run in look(office).paper.blanks()} >= {BLANK_DAY}
    before = _texts(_out(office))
    go_out(office)
    after = _texts(_out(office))
    # The demo has no masthead, and so no place for a number.
    changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    # Under the signature, and at the foot of the last page.
    assert [now[-len(DAY) - 2 :].removesuffix("印发")[-len(DAY) :] for _, now in changed] == [DAY, DAY]
    assert _unplaced(office) == []
    assert look(office).goes_out.name == look(office).paper.name
    assert DAY in [run.text for run in look(office).goes_out.blanks()]


def test_what_people_edited_stays(office: Engine) -> None:
    edited = with_text(paper_file(office), "存在的主要问题", "存在的突出问题")
    bring(office, edited)
    check(office, note="已核实")
    ask(office)
    answer(office)
    issue(office)
    out = _out(office)
    was, now = (dict(_members(content)) for content in (edited, out))
    assert {name for name in was if was[name] != now[name]} == {BODY}
    assert "存在的突出问题" in "".join(_texts(out))
    assert DAY in _texts(out)
    assert _unplaced(office) == []
    issued = look(office).issued
    assert issued is not None
    assert look(office).file != issued.file, "what was handed in is kept beside what went out"


def _members(content: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def test_a_masthead_has_a_place_for_the_number(office: Engine) -> None:
    typed = chosen(office).typed | {"masthead": "云县人民政府办公室文件"}
    paper = look(office, drafted(office, typed=typed)).paper
    made, unplaced = filled(word(paper), paper, SAID)
    assert unplaced == ()
    assert {NUMBER, DAY} <= set(_texts(made))
    assert "〔2026〕号" not in _texts(made)
    # A place that lost its tag is found by the blank that it still shows.
    bare = _edited(word(paper), TAGS.sub("", _body(word(paper))))
    made, unplaced = filled(bare, paper, SAID)
    assert unplaced == () and {NUMBER, DAY} <= set(_texts(made))
    # What people typed themselves is there already; what has no place is told.
    typed_in = _edited(bare, re.sub(r"　　〔2026〕　　号", "云政办通报〔2026〕 3号", _body(bare)))
    made, unplaced = filled(typed_in, paper, SAID)
    assert unplaced == () and DAY in _texts(made)
    other = _edited(bare, re.sub(r"　　〔2026〕　　号", "云政办通报〔2026〕4号", _body(bare)))
    assert filled(other, paper, SAID)[1] == (NUMBER,)


def test_a_day_that_found_no_place_is_told(office: Engine) -> None:
    content = paper_file(office)
    body = TAGS.sub("", _body(content))
    bring(office, _edited(content, body.replace("　　　　年　　月　　日", "二〇二六年六月")))
    check(office, note="已核实")
    ask(office)
    answer(office)
    issue(office)
    assert _unplaced(office) == [DAY]
    assert "二〇二六年六月" in _texts(_out(office))


def _with_foot() -> Paper:
    """A paper that says its day twice: under the signature, and at the foot of the last page."""
    choices = Choices(typed={"copies": "县委办公室", "signature": "县政府办公室"})
    return Paper("通报", (Paragraph("day", blank_day()), *foot(choices)))


def test_the_foot_of_the_last_page_gets_the_day_too() -> None:
    paper = _with_foot()
    made, left = filled(word(paper), paper, SAID)
    assert left == ()
    assert _texts(made) == [DAY, "抄送：县委办公室。", f"县政府办公室{DAY}印发"]


def test_the_foot_gets_its_day_where_a_program_dropped_the_tags() -> None:
    """With the tags go the controls: the blank is part of a longer text then."""
    paper = _with_foot()
    body = TAGS.sub("", _body(word(paper)))
    blank = blank_day()[0].text
    body = re.sub(rf"<w:sdt>(?:(?!</w:sdt>).)*?{blank}.*?</w:sdt>", f"<w:r><w:t>{blank}</w:t></w:r>", body)
    joined = body.replace(f'{blank}</w:t></w:r><w:r><w:t xml:space="preserve">印发', f"{blank}印发")
    assert joined != body
    made, left = filled(_edited(word(paper), joined), paper, SAID)
    assert left == ()
    assert _texts(made) == [DAY, "抄送：县委办公室。", f"县政府办公室{DAY}印发"]


def test_without_copies_the_foot_names_the_printer_alone() -> None:
    [printer] = foot(Choices(typed={"signature": "县政府办公室"}))
    assert printer.style == "printed" and printer.text.startswith("县政府办公室\t")
    assert [run.key for run in printer.runs if run.key] == [BLANK_DAY]
