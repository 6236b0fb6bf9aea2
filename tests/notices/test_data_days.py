"""A paper says of which day its figures are where that is not its own day."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from briefing.villages import Villages
from notices import data_days
from notices.brief import brief
from notices.content import Paper, text_of
from notices.figures import Figures
from notices.slips import slips
from tests.notices.papers import Notice

OCTOBER, SEPTEMBER = date(2026, 10, 31), date(2026, 9, 30)


def said_in(paper: Paper) -> str:
    return "".join(text_of(runs) for runs in paper.texts())


def of_days(villages: Villages, days: dict[str, date] | date) -> Figures:
    """The same figures with other data days."""
    cells = villages.county.cells
    told = days if isinstance(days, date) else cells["indicator"].map(days).fillna(cells["data_day"])
    return Figures(replace(villages, county=replace(villages.county, cells=cells.assign(data_day=told))))


def test_the_notice_says_how_many_figures_are_of_another_day(notice: Notice) -> None:
    told = said_in(notice.paper)
    cells = notice.villages.county.cells
    cells = cells[cells["is_principal"] & ~cells["kind"].isin(["milestone", "checklist"])]
    by_day = cells.groupby("data_day")["indicator"].nunique()
    count = by_day[SEPTEMBER]
    assert f"指标数据截至2026年10月31日，其中{count}项截至2026年9月30日、" in told
    assert "村集体经济经营性收入（数据截至2026年9月30日）。" in told
    assert "其中“村集体经济经营性收入”截至2026年9月30日" in told
    assert "农村危房改造竣工户数（数据截至" not in told


def test_nothing_is_said_where_all_are_of_the_day(villages: Villages) -> None:
    figures = of_days(villages, OCTOBER)
    assert data_days.of_all(figures) == ()
    assert all(data_days.of_one(figures, cell) == () for cell in figures.cells.values())


def test_a_notice_of_a_day_whose_reports_are_not_in_says_which_month_it_tells(villages: Villages) -> None:
    figures = of_days(villages, SEPTEMBER)
    assert text_of(data_days.of_all(figures)) == "指标数据截至2026年9月30日。"


@pytest.mark.parametrize("count", [1, data_days.MOST_NAMED + 1])
def test_indicators_of_another_day_are_named_as_far_as_there_is_room(villages: Villages, count: int) -> None:
    cells = villages.county.cells
    codes = list(pd.unique(cells.loc[~cells["kind"].isin(["milestone", "checklist"]), "indicator"]))
    days = dict.fromkeys(codes, OCTOBER) | dict.fromkeys(codes[:count], SEPTEMBER)
    told = text_of(data_days.of_indicators(of_days(villages, days), codes))
    assert told.count("“") == min(count, data_days.MOST_NAMED)
    assert (f"等{count}项截至2026年9月30日。" in told) == (count > data_days.MOST_NAMED)


def test_brief_and_slips_say_it_too(notice: Notice) -> None:
    assert "“村集体经济经营性收入”截至2026年9月30日" in said_in(brief(notice.figures, notice.choices))
    told = [said_in(each) for each in slips(notice.figures, notice.choices)]
    assert any("指标数据截至2026年10月31日，其中“" in each for each in told)
    assert any("指标数据截至" not in each for each in told)
