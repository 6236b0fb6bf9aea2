"""snapshot create, list, show, verify, export: without a browser."""

import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from data_access.engine import make_engine
from data_access.errors import NoticeUnknown, SnapshotUnknown
from data_access.schema import report
from tests.commands.conftest import Manage
from tests.intake import county as small
from tests.intake.county import TOWNSHIPS
from ui import clock

DAY = ("--as-of", "2026-03-31")


def test_a_snapshot_is_made_listed_shown_checked_and_exported(
    manage: Manage, county: Path, tmp_path: Path
) -> None:
    made = manage("snapshot", "create", *DAY, "--author", "王文")
    assert made.code == 0, made.err
    assert made.out.startswith("第 1 号　截至 2026-03-31") and "王文" in made.out
    assert manage("snapshot", "list").out == made.out
    shown = manage("snapshot", "show", "1")
    assert json.loads(shown.out)["frame"]["as_of"] == {"day": "2026-03-31"} and "0" * 64 in shown.err
    checked = manage("snapshot", "verify", "1")
    assert (checked.code, checked.out) == (0, "第1号快照一致：用当时已知的原始数据重新计算，结果完全相同。\n")
    out = tmp_path / "附表.xlsx"
    assert manage("snapshot", "export", "1", "-o", str(out)).code == 0
    assert len(load_workbook(io.BytesIO(out.read_bytes())).sheetnames) >= 4


def test_the_monthly_one_is_of_the_last_month_s_end_and_made_once(
    manage: Manage, county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 4, 2))
    made = manage("snapshot", "create", "--occasion", "monthly", "--author", "定时")
    assert made.code == 0 and made.out.startswith("第 1 号　截至 2026-03-31") and "每月定时" in made.out
    again = manage("snapshot", "create", "--occasion", "monthly", "--author", "定时")
    assert (again.code, again.out) == (0, made.out) and "没有重复生成" in again.err
    monkeypatch.setattr(clock, "today", lambda: date(2026, 4, 30))
    assert manage("snapshot", "create", "--occasion", "monthly").out.startswith("第 2 号　截至 2026-04-30")


def test_tampering_is_found_and_ends_with_a_code_of_its_own(manage: Manage, county: Path) -> None:
    manage("snapshot", "create", *DAY)
    engine = make_engine(f"sqlite:///{county}")
    with engine.begin() as connection:
        connection.execute(update(report).values(value=report.c.value + 1))
    engine.dispose()
    found = manage("--lang", "en", "snapshot", "verify")
    assert found.code == 1
    assert "records known then were changed: reports (" in found.out


def test_a_number_that_is_not_there_is_said(manage: Manage, county: Path) -> None:
    for verb in ("show", "verify", "export"):
        ran = manage("snapshot", verb, "7")
        assert (ran.code, ran.err.splitlines()[0]) == (3, "没有第 7 号快照。")


def test_one_unit_is_kept_by_itself_and_the_month_s_once(
    manage: Manage, county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 4, 2))
    whole = manage("snapshot", "create", "--occasion", "monthly")
    made = manage("snapshot", "create", "--occasion", "monthly", "--unit", TOWNSHIPS[0])
    assert made.out.startswith("第 2 号　截至 2026-03-31　范围 石门乡　")
    assert manage("snapshot", "create", "--occasion", "monthly", "--unit", TOWNSHIPS[0]).out == made.out
    assert manage("snapshot", "create", "--occasion", "monthly").out == whole.out
    assert manage("snapshot", "verify").code == 0
    out = tmp_path / "附表.xlsx"
    assert manage("snapshot", "export", "2", "-o", str(out)).code == 0
    assert load_workbook(io.BytesIO(out.read_bytes())).sheetnames[0] == "总览"
    refused = manage("notice", "draft", "2", "--person", "nobody")
    assert (refused.code, refused.err.splitlines()[0]) == (3, "第 2 号快照不是全县的，不能起草通报。")


def test_a_unit_and_a_department_at_once_or_unknown_are_refused(manage: Manage, county: Path) -> None:
    assert manage("snapshot", "create", *DAY, "--unit", "1", "--department", "2").code == 2
    unknown = manage("snapshot", "create", *DAY, "--unit", "1")
    assert unknown.code == 3 and "：1。" in unknown.err


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--department", "建设局"), "D1 县住房和城乡建设局"),
        (("--department", "d1"), "D1 县住房和城乡建设局"),
        (("--unit", "石门"), f"{TOWNSHIPS[0]} 石门乡"),
    ],
)
def test_whoever_writes_a_name_is_told_the_code(
    manage: Manage, county: Path, asked: tuple[str, str], told: str
) -> None:
    ran = manage("snapshot", "create", *DAY, *asked)
    assert ran.code == 3 and f"最接近的（代码 名称）：{told}" in ran.err
    english = manage("--lang", "en", "snapshot", "create", *DAY, *asked)
    assert f"The nearest (code name): {told}" in english.err


def test_what_each_is_of_is_listed_by_name_a_village_with_its_township(manage: Manage, county: Path) -> None:
    directory = [row for row in small.unit_rows() if row["level"] == "village"]
    department = {"code": "D1", "name": "县住房和城乡建设局"}
    manage("snapshot", "create", *DAY, "--unit", directory[0]["code"])
    manage("snapshot", "create", *DAY, "--department", department["code"])
    newest, first = manage("snapshot", "list").out.splitlines()
    assert f"　范围 石门乡{directory[0]['name']}　" in first
    assert f"　范围 {department['name']}　" in newest
    assert f"  of {department['name']}" in manage("--lang", "en", "snapshot", "list").out.splitlines()[0]


def test_a_day_to_come_is_refused(manage: Manage, county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 4, 8, 2, tzinfo=UTC))
    ran = manage("snapshot", "create", "--as-of", "2026-04-09")
    assert ran.code == 3 and "2026-04-09 还没有到（今天是 2026-04-08）" in ran.err
    assert manage("snapshot", "list").out == ""
    assert manage("snapshot", "create", "--as-of", "2026-04-08").code == 0


def test_a_moment_to_come_and_a_blank_author_are_refused_with_what_to_write(
    manage: Manage, county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 4, 8, 2, tzinfo=UTC))
    late = manage("snapshot", "create", *DAY, "--known-at", "2099-01-01T08:00")
    assert late.code == 3 and "2099-01-01 08:00:00 还没有到（现在是 2026-04-08 10:00:00）" in late.err
    assert "--known-at" in late.err
    for blank in ("", "  "):
        nobody = manage("snapshot", "create", *DAY, "--author", blank)
        assert nobody.code == 3 and "没有写生成人" in nobody.err and "--author" in nobody.err
    assert manage("snapshot", "list").out == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("create", "--as-of", "6月"), "--as-of：“6月”不是日期，应写成 2026-10-31 这样"),
        (("create", "--known-at", "x"), "--known-at：“x”不是时点"),
        (("create", "--year", "x"), "--year：“x”不是整数"),
        (("create", "--occasion", "x"), "--occasion：没有“x”这一项，可选 'by_hand', 'monthly'"),
        (("create", "--as-of"), "--as-of：后面要写一个值"),
        (("create", "--unit", "1", "--department", "2"), "--department：不能与 --unit 同时使用"),
        (("show",), "缺少 NUMBER"),
        (("show", "1", "2"), "不认识 2"),
    ],
)
def test_a_command_line_is_corrected_in_chinese(
    manage: Manage, county: Path, arguments: tuple[str, ...], said: str
) -> None:
    ran = manage("snapshot", *arguments)
    assert ran.code == 2 and f"命令写得不对：{said}" in ran.err
    english = manage("--lang", "en", "snapshot", *arguments)
    assert "The command is not written right: " in english.err and "argument" not in english.err


def test_the_help_says_which_day_the_monthly_one_is_of(manage: Manage, county: Path) -> None:
    assert "当天是月末即当天" in "".join(manage("snapshot", "create", "--help").out.split())
    assert "today if it is one" in " ".join(
        manage("--lang", "en", "snapshot", "create", "--help").out.split()
    )


def test_who_types_is_told_of_commands_and_who_reads_pages_of_pages(manage: Manage, county: Path) -> None:
    ran = manage("snapshot", "show", "7")
    assert "manage.py snapshot list" in ran.err
    assert "manage.py notice list" in manage("notice", "check", "7").err
    for fault in (SnapshotUnknown(7), NoticeUnknown(7)):
        assert "manage.py" not in fault.remedy("zh") + fault.remedy("en")
    assert "“快照”页" in SnapshotUnknown(7).remedy("zh")
