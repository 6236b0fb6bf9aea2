"""notice draft, list, check: without a browser."""

import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data_access.engine import make_engine, write
from data_access.records import PersonRecord
from data_access.writes import write_records
from tests.commands.conftest import Manage
from tests.intake import county as small

NOBODY_TYPES = "9999"
DAY = ("--as-of", "2026-03-31")


@pytest.fixture(autouse=True)
def person(county: Path) -> None:
    """Somebody who acts."""
    engine = make_engine(f"sqlite:///{county}")
    with write(engine, small.COUNTY) as connection:
        record = PersonRecord("P0001", "王文", "秘书股长")
        moment = datetime(2026, 1, 5, tzinfo=UTC)
        write_records(connection, small.COUNTY, [record], recorded_at=moment, author="测试")
    engine.dispose()


def test_a_notice_is_drafted_listed_and_checked(manage: Manage, county: Path, tmp_path: Path) -> None:
    assert manage("snapshot", "create", *DAY, "--author", "王文").code == 0
    out = tmp_path / "通报.docx"
    made = manage("notice", "draft", "1", "--person", "P0001", "-o", str(out))
    assert made.code == 0, made.err
    assert (
        made.out.splitlines()[0] == "第 1 号　关于2026年度1—3月目标任务进展情况的通报　快照 1　拟稿　文号 —"
    )
    assert zipfile.is_zipfile(out)
    assert manage("notice", "list").out.splitlines()[0] == made.out.splitlines()[0]
    held = manage("notice", "check", "1", str(out))
    assert (held.code, held.out) == (0, "第 1 号：一致。\n")
    found = manage("notice", "check", "1", str(_edited(out, tmp_path)))
    assert found.code == 1
    disagrees, written = found.out.splitlines()
    assert disagrees.startswith("数字与快照不一致") and written.startswith("改写：")


def test_a_file_that_is_there_is_not_written_over_and_another_notice_s_is_refused(
    manage: Manage, county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert manage("snapshot", "create", *DAY, "--author", "王文").code == 0
    for kind in ((), ("--neutral", "--ranked")):
        assert manage("notice", "draft", "1", "--person", "P0001", *kind).code == 0
    name = "关于2026年度1—3月目标任务进展情况的通报"
    assert sorted(each.name for each in tmp_path.glob("*.docx")) == [f"{name}-2.docx", f"{name}.docx"]
    other = manage("notice", "check", "1", str(tmp_path / f"{name}-2.docx"))
    assert other.code not in (0, 1) and "另一份通报" in other.err


def _edited(file: Path, folder: Path) -> Path:
    edited = folder / "改过.docx"
    with zipfile.ZipFile(file) as held, zipfile.ZipFile(edited, "w") as made:
        for name in held.namelist():
            part = held.read(name)
            if name == "word/document.xml":
                text = part.decode()
                place = text.index('w:val="units|townships"')
                told = re.sub(r">\d+</w:t>", f">{NOBODY_TYPES}</w:t>", text[place:], count=1)
                part = (text[:place] + told).encode()
            made.writestr(name, part)
    return edited


def test_what_cannot_be_done_is_said(manage: Manage, county: Path, tmp_path: Path) -> None:
    assert manage("snapshot", "create", *DAY).code == 0
    nobody = manage("notice", "draft", "1", "--person", "X1", "-o", str(tmp_path / "a.docx"))
    assert (nobody.code, nobody.err.splitlines()[0]) == (3, "本县没有这个人员：X1。")
    assert manage("notice", "list").out == ""
    unknown = manage("notice", "check", "3")
    assert (unknown.code, unknown.err.splitlines()[0]) == (3, "没有第 3 号通报，或没有这份文件。")
    manage("notice", "draft", "1", "--person", "P0001", "-o", str(tmp_path / "a.docx"))
    text = tmp_path / "a.txt"
    text.write_text("不是文档")
    refused = manage("notice", "check", "1", str(text))
    assert refused.code == 3 and "不能读取" in refused.err


def test_a_file_that_cannot_be_read_is_said_in_the_reader_s_language(
    manage: Manage, county: Path, tmp_path: Path
) -> None:
    gone = tmp_path / "没有.docx"
    ran = manage("notice", "check", "1", str(gone))
    assert (ran.code, ran.err.strip()) == (3, f"文件 {gone} 不能读写：没有这个文件或文件夹。")
    assert "这是一个文件夹" in manage("notice", "check", "1", str(tmp_path)).err
    english = manage("--lang", "en", "notice", "check", "1", str(gone)).err
    assert english.strip() == f"The file {gone} cannot be read or written: there is no such file or folder."
