"""template, import, accept, return: files out and in."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.commands.conftest import Manage
from tests.intake import county as small
from tests.intake.strange import FILES, SPOILT

VILLAGES = [f"{small.TOWNSHIPS[1]}20{number}" for number in range(1, 7)]


def _report(tmp_path: Path, value: object = 3) -> Path:
    path = tmp_path / "月报.xlsx"
    rows = [small.figure("ZF01", code, value) for code in VILLAGES]
    path.write_bytes(small.report_workbook(rows, unit=small.TOWNSHIPS[1]))
    return path


def _actual(manage: Manage) -> str:
    return manage("cells", "--as-of", "2026-03-31", "--unit", VILLAGES[0], "--indicator", "ZF01").out


@pytest.mark.parametrize("form", ["setup", "breakdown", "report"])
def test_a_template_is_a_workbook(manage: Manage, county: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"{form}.xlsx"
    more = () if form == "setup" else ("--unit", small.TOWNSHIPS[0])
    period = ("--period", "2026-04") if form == "report" else ()
    ran = manage("template", form, *more, *period, "-o", str(out))
    assert ran.code == 0, ran.err
    assert len(load_workbook(io.BytesIO(out.read_bytes())).sheetnames) > 1


def test_looking_changes_nothing(manage: Manage, county: Path, tmp_path: Path) -> None:
    before = _actual(manage)
    ran = manage("import", str(_report(tmp_path)), "--dry-run")
    assert ran.code == 0
    assert "乙1村" in ran.out and "没有写入" in ran.err
    assert _actual(manage) == before


def test_without_an_answer_nothing_is_written(
    manage: Manage, county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    ran = manage("import", str(_report(tmp_path)))
    assert "没有写入" in ran.err and ran.code == 3


def test_a_report_waits_counts_and_is_known_the_second_time(
    manage: Manage, county: Path, tmp_path: Path
) -> None:
    file = _report(tmp_path)
    handed_in = manage("import", str(file), "--yes", "--author", "白沙镇 赵敏")
    assert handed_in.code == 0 and "待审" in handed_in.err
    number = "".join(c for c in handed_in.err.split("报送件")[1] if c.isdigit())
    assert ",awaiting," in _actual(manage)
    assert manage("accept", number).code == 0
    assert ",awaiting," not in _actual(manage)
    again = manage("import", str(file), "--yes")
    assert again.code == 0 and "赵敏" in again.err and "没有变化" in again.err


def test_a_submission_is_moved_once(manage: Manage, county: Path, tmp_path: Path) -> None:
    handed_in = manage("import", str(_report(tmp_path)), "--yes")
    number = "".join(c for c in handed_in.err.split("报送件")[1] if c.isdigit())
    assert manage("return", number, "--reason", "村级数与台账不符").code == 0
    refused = manage("accept", number)
    assert refused.code == 3 and "已退回" in refused.err
    assert manage("return", number).code == 2, "a return needs its reason"
    assert manage("accept", "99999").code == 3


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("accept", "1", "--author", " "), "没有写姓名"),
        (("return", "1", "--author", "", "--reason", "缺页"), "没有写姓名"),
        (("return", "1", "--reason", "  "), "没有写原因"),
        (("import", "报送.xlsx", "--author", ""), "没有写姓名"),
    ],
)
def test_what_is_done_is_done_by_somebody_and_for_a_reason(
    manage: Manage, county: Path, typed: tuple[str, ...], said: str
) -> None:
    done = manage(*typed)
    assert done.code == 2 and said in done.err


def test_one_bad_cell_lets_nothing_in(manage: Manage, county: Path, tmp_path: Path) -> None:
    before = _actual(manage)
    ran = manage("import", str(_report(tmp_path, "若干")), "--yes")
    assert ran.code == 1
    assert "错误" in ran.out and "没有写入" in ran.err
    assert _actual(manage) == before


def test_what_is_no_workbook_is_refused(manage: Manage, county: Path, tmp_path: Path) -> None:
    path = tmp_path / "文件.xlsx"
    path.write_text("not a workbook", encoding="utf-8")
    ran = manage("import", str(path), "--yes")
    assert ran.code == 3 and "Traceback" not in ran.err
    assert manage("import", str(tmp_path / "nowhere.xlsx")).code == 3


@pytest.mark.parametrize("case", FILES)
def test_a_strange_file_is_one_sentence_with_its_remedy(
    manage: Manage, county: Path, tmp_path: Path, case: str
) -> None:
    name, content, named = FILES[case]
    path = tmp_path / name
    path.write_bytes(content)
    before = county.read_bytes()
    ran = manage("import", str(path), "--yes")
    assert ran.code == 3 and named in ran.err and "请" in ran.err and "Traceback" not in ran.err
    assert county.read_bytes() == before


def test_a_file_of_a_hundred_megabytes_is_not_even_opened(
    manage: Manage, county: Path, tmp_path: Path
) -> None:
    path = tmp_path / "大表.xlsx"
    with path.open("wb") as file:
        file.truncate(100 * 2**20)
    ran = manage("import", str(path), "--yes")
    assert ran.code == 3 and "文件 100 MB，超过上限 20 MB。" in ran.err


@pytest.mark.parametrize("case", ["text", "unknown indicator", "no such sheet"])
def test_a_spoilt_cell_is_named_by_sheet_and_cell(
    manage: Manage, county: Path, tmp_path: Path, case: str
) -> None:
    content, _, cell = SPOILT[case]
    path = tmp_path / "月报.xlsx"
    path.write_bytes(content)
    before = county.read_bytes()
    ran = manage("import", str(path), "--yes")
    lines = [line for line in ran.out.splitlines() if line.startswith("错误\t")]
    assert ran.code == 1 and f"报送数据 {cell}".strip() in lines[0]
    assert county.read_bytes() == before


def test_a_county_is_set_up_from_nothing(manage: Manage, empty: Path, tmp_path: Path) -> None:
    path = tmp_path / "建库表.xlsx"
    path.write_bytes(small.setup_workbook())
    manage("init")
    ran = manage("import", str(path), "--yes")
    assert ran.code == 0, ran.err
    assert small.COUNTY in manage("check").err
    assert manage("check").code == 0


def test_a_setup_without_its_county_asks_which_it_is(manage: Manage, empty: Path, tmp_path: Path) -> None:
    sheets = small.setup_sheets()
    sheets["units"] = [row for row in sheets["units"] if row["code"] != small.COUNTY]
    path = tmp_path / "建库表.xlsx"
    path.write_bytes(small.setup_workbook(sheets, county=""))
    manage("init")
    assert manage("import", str(path), "--yes").code == 3


def test_a_setup_filled_in_by_hand_names_its_county_by_the_row(
    manage: Manage, empty: Path, tmp_path: Path
) -> None:
    path = tmp_path / "建库表.xlsx"
    path.write_bytes(small.setup_workbook(county=""))
    manage("init")
    ran = manage("import", str(path), "--yes")
    assert ran.code == 0, ran.err
    assert small.COUNTY in manage("check").err
