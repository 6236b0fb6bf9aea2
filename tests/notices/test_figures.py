"""Every figure of the workbook, read back, is what `manage.py cells` prints for the same day and moment."""

import csv
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell import Cell

from briefing.load import Briefing
from data_access.settings import settings
from manage import main
from tests.notices.conftest import table
from tests.views import NOW, OCTOBER

Printed = dict[tuple[str, str], dict[str, str]]
TOWNSHIP_CODE = 9


@pytest.fixture(scope="module")
def printed(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Printed]:
    """The principal cells by the names of unit and indicator, as text out of the CSV file."""
    file = tmp_path_factory.mktemp("cells") / "cells.csv"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{demo_database}")
        settings.cache_clear()
        arguments = ("--as-of", OCTOBER.isoformat(), "--known-at", NOW.isoformat(), "-o", str(file))
        assert main(("cells", *arguments)) == 0
        settings.cache_clear()
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["is_principal"] == "True"]
    yield {(row["unit_name"], row["indicator_name"]): row for row in rows}


def _is(cell: Cell, said: str, factor: int = 1) -> bool:
    """Whether a cell of the sheet holds the number of the file (or a dash where the file has none)."""
    if said == "":
        return cell.value == "—"
    return Decimal(repr(cell.value)) == pytest.approx(Decimal(said) / factor, abs=Decimal("1e-9"))


def test_the_overview_s_figures(book: Workbook, printed: Printed) -> None:
    sheet = book["总览"]
    heads = [row for row in range(3, sheet.max_row + 1) if sheet.cell(row, 1).value == "单位"]
    assert len(heads) == 2
    seen = 0
    for head in heads:
        titles = [cell.value for cell in sheet[head]]
        row = head + 1
        while sheet.cell(row, 2).value is not None:
            shown = dict(zip(titles, sheet[row], strict=True))
            cell = printed[shown["单位"].value, shown["指标"].value]
            scale = 10 ** int(cell["scale"])
            assert shown["计量单位"].value == cell["measure"]
            assert _is(shown["全年目标"], cell["target"], scale)
            assert _is(shown["实际完成"], cell["actual"], scale)
            assert _is(shown["完成率"], cell["completion"]) and _is(shown["序时进度"], cell["planned"])
            gap = str(Decimal(cell["gap"]) * 100) if cell["gap"] else ""
            assert _is(shown["较序时（百分点）"], gap) and _is(shown["滞后天数"], cell["days_behind"])
            assert str(shown["状态"].value).split()[1] == cell["state_word"]
            seen, row = seen + 1, row + 1
    assert seen > 5


def test_a_sum_that_is_not_whole_says_so_and_what_its_shares_are_of(book: Workbook, printed: Printed) -> None:
    sheet = book["总览"]
    text = "\n".join(str(cell.value) for (cell,) in sheet.iter_rows(max_col=1))
    seen: set[tuple[bool, bool]] = set()
    for row in range(3, sheet.max_row + 1):
        held = printed.get((sheet.cell(row, 1).value, sheet.cell(row, 2).value))
        if held is None or held["at_least"] != "True":
            continue
        amounts = [cell for cell in sheet[row] if cell.number_format.startswith('"至少')]
        assert len(amounts) == 1 and _is(amounts[0], held["actual"], 10 ** int(held["scale"]))
        if held["target_in"]:
            begins = f"“{held['indicator_name']}”已报 {held['units_in']}/{held['units_owed']}："
            (note,) = [line for line in text.split("\n") if begins in line]
            assert ("含未报单位最近一次数" in note) == (held["actual"] != held["actual_in"])
            assert ("完成率" in note) == (held["completion"] != "")
            seen |= {(held["completion"] != "", held["actual"] != held["actual_in"])}
    assert len(seen) > 1


def test_the_states_add_up(book: Workbook, printed: Printed) -> None:
    townships = [row for row in printed.values() if len(row["unit"]) == TOWNSHIP_CODE]
    words = Counter(row["state_word"] for row in townships)
    shown = {str(row["状态"].value).split()[-1]: row["项数"].value for row in table(book["总览"], "状态")}
    total, left_out = shown.pop("合计"), shown.pop("不参与评判")
    assert shown == {word: words[word] for word in shown}
    assert total == sum(shown.values())
    assert total + left_out == len([row for row in townships if row["why"] != "reported_above"])


def test_the_matrix_s_gaps(book: Workbook, printed: Printed, october: Briefing) -> None:
    names = dict(zip(october.indicators["short_name"], october.indicators["name"], strict=True))
    seen = 0
    for row in table(book["乡镇重点指标"], "单位"):
        unit = str(row.pop("单位").value)
        for short, shown in row.items():
            cell = printed.get((unit, names[short]), {"gap": "", "state_word": ""})
            figure = str(shown.value).split()[-1]
            if cell["gap"]:
                assert figure == _points(cell["gap"]), (unit, short)
                seen += 1
            else:
                assert figure[:1] not in "+−0123456789", (unit, short)
    assert seen > 50


def _points(gap: str) -> str:
    """A gap as printed: one decimal, more where one would say that it is nothing."""
    value = Decimal(gap) * 100
    for places in (1, 2, 3):
        shown = round(abs(value), places)
        if shown or not value:
            break
    sign = "" if not shown else "+" if value > 0 else "−"
    return f"{sign}{shown}"


def test_the_ranking_s_counts(book: Workbook, printed: Printed) -> None:
    for row in table(book["乡镇排名"], "单位"):
        mine = [cell for (unit, _), cell in printed.items() if unit == row["单位"].value]
        states = Counter(cell["state"] for cell in mine)
        good = states["done"] + states["on_plan"]
        bad = states["slightly_behind"] + states["behind"] + states["far_behind"] + states["unfinished"]
        assert row["达序时项数"].value == good
        assert row["已评判项数"].value == good + bad
        assert row["严重滞后项数"].value == states["far_behind"]
        assert row["达序时率"].value == pytest.approx(good / (good + bad))
