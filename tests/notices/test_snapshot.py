"""The snapshot says what the briefing says, figure by figure, in the words of the pages."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest
from openpyxl import Workbook

from briefing.attention import things
from briefing.lists import COUNTED, counts, principal
from briefing.load import Briefing
from briefing.ranking import flags, key_indicators, ranking, units_by_need
from briefing.rectification import ledger
from briefing.villages import Villages
from metrics.figures import percent, points, quantity
from metrics.vocabulary import LAGGING_STATES, Level
from metrics.wording import beside
from metrics.words import state_mark, state_word
from notices.excel import width_of
from notices.snapshot import Maker, file_name
from tests.notices.conftest import table
from tests.notices.papers import changed
from tests.notices.printed import printed


def _name(briefing: Briefing, code: str) -> str:
    return str(briefing.units.at[code, "name"])


def test_states_are_counted_as_on_the_overview(book: Workbook, october: Briefing) -> None:
    counted = counts(october.cells_at(Level.TOWNSHIP))
    rows = {row["状态"].value: row["项数"].value for row in table(book["总览"], "状态")}
    expected = {
        f"{state_mark(state)} {state_word(state, 'zh')}": counted.by_state[state]
        for state in COUNTED
        if counted.by_state[state]
    }
    assert rows == expected | {"合计": counted.total, "不参与评判": counted.total_left_out}


def _check_figures(row: dict, cell: object, indicator: "pd.Series") -> None:
    scale = int(indicator["scale"])
    assert row["指标"].value == indicator["name"]
    assert printed(row["完成率"]) == percent(cell.completion)
    assert printed(row["序时进度"]) == percent(cell.planned)
    assert printed(row["较序时（百分点）"]) == points(cell.gap, bare=True)
    said = ("至少" if cell.at_least else "") + ("约" if cell.approximate else "")
    for title, value, words in (("全年目标", cell.target, ""), ("实际完成", cell.actual, said)):
        assert printed(row[title]).startswith(words)
        shown = printed(row[title]).removeprefix(words)
        # Pages print two decimals of a quantity, the workbook all of them.
        assert shown == quantity(value, scale) or float(shown.replace(",", "")) == value / 10**scale
    days = None if pd.isna(cell.days_behind) else int(cell.days_behind)
    assert row["滞后天数"].value == ("—" if days is None else days)
    state, *said = str(row["状态"].value).split("\n")
    assert state == f"{state_mark(cell.state)} {state_word(cell.state, 'zh', kept=cell.kept)}"
    assert tuple(said) == beside(cell, indicator, "zh")


def test_what_to_decide_and_the_county_s_figures(book: Workbook, october: Briefing) -> None:
    sheet = book["总览"]
    cells = principal(october.cells_at(Level.COUNTY))
    behind = cells[cells["state"].isin(LAGGING_STATES)]
    held = [thing.cell for thing in things(october)]
    first, second = (row for row in range(3, sheet.max_row + 1) if sheet.cell(row, 1).value == "单位")
    titles = [cell.value for cell in sheet[first]]
    rows = [
        {title: sheet.cell(row, place) for place, title in enumerate(titles, start=1)}
        for row in [*range(first + 1, first + 1 + len(held)), *range(second + 1, second + 1 + len(behind))]
    ]
    assert held and len(behind)
    by_indicator = {cell.indicator: cell for cell in behind.itertuples()}
    codes = dict(zip(october.indicators["name"], october.indicators["code"], strict=True))
    shown = [codes[str(row["指标"].value)] for row in rows[len(held) :]]
    assert sorted(shown) == sorted(by_indicator)
    for row, cell in zip(rows, [*held, *(by_indicator[code] for code in shown)], strict=True):
        assert row["单位"].value == _name(october, cell.unit)
        _check_figures(row, cell, october.indicators.loc[cell.indicator])


def test_the_matrix_shows_the_gap_or_the_state(book: Workbook, october: Briefing) -> None:
    cells = {(cell.unit, cell.indicator): cell for cell in principal(october.cells).itertuples()}
    codes = key_indicators(october)
    rows = table(book["乡镇重点指标"], "单位")
    assert [row["单位"].value for row in rows] == [_name(october, unit) for unit in units_by_need(october)]
    for unit, row in zip(units_by_need(october), rows, strict=True):
        for code, shown in zip(codes, list(row.values())[1:], strict=True):
            cell = cells.get((unit, code))
            if cell is None:
                assert shown.value == "—"
                continue
            word = state_word(cell.state, "zh", kept=cell.kept)
            if cell.kind == "keep" and cell.kept is not pd.NA:
                word = "达标" if cell.kept else "未达标"
            text = points(cell.gap, bare=True) if pd.notna(cell.gap) else word
            assert shown.value == f"{state_mark(cell.state)} {text}"


def test_the_ranking_is_the_ranking(book: Workbook, october: Briefing) -> None:
    rows = {row["单位"].value: row for row in table(book["乡镇排名"], "单位")}
    flagged = {flag.unit for flag in flags(october)}
    expected = ranking(october)
    assert len(rows) == len(expected) == 16
    for unit in expected.itertuples():
        row = rows[_name(october, unit.unit)]
        assert row["位次"].value == ("—" if pd.isna(unit.rank) else unit.rank)
        assert row["较上期"].value == ("—" if pd.isna(unit.moved) else unit.moved)
        assert printed(row["达序时率"]) == percent(unit.rate)
        assert printed(row["报送率"]) == percent(unit.reporting_rate)
        counted = [
            row[title].value for title in ("达序时项数", "已评判项数", "严重滞后项数", "未评判项数（含未报）")
        ]
        assert counted == [unit.on_plan, unit.judged, unit.far_behind, unit.unjudged]
        assert row["滞后单位"].value == ("滞后单位" if unit.unit in flagged else "—")


def test_every_flagged_village_stands_with_its_reasons(book: Workbook, villages: Villages) -> None:
    rows = table(book["滞后村"], "乡镇")
    assert len(rows) == len(villages.flags) > 0
    for row, flag in zip(rows, villages.flags, strict=True):
        assert row["村"].value == _name(villages.county, flag.unit)
        assert row["列为滞后的原因"].value == "；".join(flag.reasons("zh"))


def test_every_open_item_stands_with_its_clock(book: Workbook, october: Briefing) -> None:
    rows = table(book["整改在办"], "编号")
    assert len(rows) == ledger(october.issues).open > 0
    issues = october.issues.set_index("number")
    for row in rows:
        issue = issues.loc[row["编号"].value]
        assert row["问题"].value == issue["title"]
        own, units = _name(october, issue["unit"]), october.units
        is_village = units.at[issue["unit"], "level"] == Level.VILLAGE
        above = _name(october, units.at[issue["unit"], "parent"]) if is_village else ""
        assert row["单位"].value == above + own
        deadline = issue["deadline"]
        assert row["整改期限"].value == f"{deadline.year}年{deadline.month}月{deadline.day}日"
        assert row["天数"].value == abs(int(issue["days"]))


def test_nothing_is_made_up_for_a_gap(either: Workbook) -> None:
    for sheet in either.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert str(cell.value).lower() not in ("nan", "nat", "<na>", "inf"), cell.coordinate


@pytest.mark.parametrize(("lang", "name"), [("zh", "截至2026-10-31.xlsx"), ("en", "-2026-10-31.xlsx")])
def test_the_file_is_named_after_its_day(october: Briefing, lang: str, name: str) -> None:
    assert file_name(october, "zh" if lang == "zh" else "en").endswith(name)


@pytest.mark.parametrize(
    ("unit", "code", "said"),
    [
        ("990521101", "XC02", "在年初基础上提高5个百分点（即 ≥ 84.91）"),
        ("990521101", "CY07", "力争 约322.60"),
        ("990521", "BQ02", "平均 ≥ 97.00，最低 ≥ 90.00"),
    ],
)
def test_a_target_that_says_more_than_a_figure_is_printed_in_its_words(
    villages: Villages, unit: str, code: str, said: str
) -> None:
    maker = Maker(villages, "zh")
    cells = principal(villages.county.cells)
    cell = next(cells[(cells["unit"] == unit) & (cells["indicator"] == code)].itertuples())
    indicator = villages.county.definitions[code]
    assert maker._target(cell, indicator, int(indicator["scale"])) == said


def test_every_number_fits_its_column(book: Workbook) -> None:
    # Full characters are as wide as two.
    tight = [
        f"{sheet.title} {cell.coordinate} {printed(cell)}"
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
        and width_of(printed(cell)) + 1 > sheet.column_dimensions[cell.column_letter].width
    ]
    assert tight == []


@pytest.mark.parametrize(
    ("state", "days", "said"),
    [
        ("behind", 0, "原预计达序时：2026年10月31日，未实现"),
        ("slightly_behind", -5, "原预计达序时：2026年10月26日，未实现"),
        ("behind", 1, "预计达序时：2026年11月1日"),
        ("unreported", 0, "原预计达序时：2026年10月31日"),
        ("unreported", 1, "预计达序时：2026年11月1日"),
        ("on_plan", 0, ""),
        ("on_plan", 1, ""),
        ("done", -5, ""),
    ],
)
def test_a_promise_is_told_as_what_became_of_it(villages: Villages, state: str, days: int, said: str) -> None:
    county = villages.county
    held = county.explanations
    row = held[held["promised_day"].notna()].iloc[0]
    is_it = (held["unit"] == row["unit"]) & (held["indicator"] == row["indicator"])
    day = county.frame.as_of + timedelta(days=days)
    explained = held.assign(promised_day=held["promised_day"].mask(is_it, day))
    cells = county.cells
    is_cell = (cells["unit"] == row["unit"]) & (cells["indicator"] == row["indicator"])
    figures = changed(
        villages, explanations=explained, cells=cells.assign(state=cells["state"].mask(is_cell, state))
    )
    maker = Maker(replace(villages, county=figures.county), "zh")
    cell = figures.cells[row["unit"], row["indicator"]]
    told = str(maker.cell_row(cell, None)[-1]).split("\n")
    assert [line for line in told if "预计" in line] == ([said] if said else [])
    assert told[0].startswith("原因：")
