"""What a notice says of single units beside their figures: items overdue, targets that wait, what is over."""

import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from briefing.load import Briefing
from briefing.ranking import key_indicators
from briefing.villages import Villages
from metrics.columns import records
from metrics.vocabulary import Level, State
from notices.content import Paper, Paragraph
from notices.figures import Figures
from notices.notice import draft
from tests.notices.papers import Notice, told


def block(paper: Paper, unit: str) -> Paragraph:
    """The paragraph about a lagging unit."""
    [found] = [
        each
        for each in paper.blocks
        if isinstance(each, Paragraph) and any(run.key == f"unit|{unit}|flag" for run in each.runs)
    ]
    return found


def test_overdue_items_are_told_of_the_unit_and_of_its_villages_apart(
    notice: Notice, october: Briefing
) -> None:
    issues = october.issues[october.issues["clock"] == "overdue"]
    tried = {}
    for unit in notice.figures.flagged:
        text, whose = block(notice.paper, unit).text, issues["unit"]
        own = int((whose == unit).sum())
        below = int(sum(each[:9] == unit for each in whose) - own)
        assert ("本级整改事项逾期超过30天" in text) <= (own > 0)
        assert ("所辖村另有逾期整改事项" in text) == (below > 0)
        assert not below or f"所辖村另有逾期整改事项{below}件，不作为列入原因。" in text
        tried[unit] = (own > 0, below > 0)
    assert {(True, False), (True, True)} & set(tried.values()), "both are tried"
    assert any(below for _, below in tried.values())


def test_what_is_over_and_not_done_is_said_to_be_so_with_its_deadline(
    notice: Notice, october: Briefing
) -> None:
    cells = october.cells[october.cells["is_principal"] & (october.cells["state"] == "unfinished")]
    [cell] = records(cells[cells["unit"].isin(notice.figures.flagged)])
    assert cell.deadline < october.frame.as_of
    said = f"“{october.definitions[cell.indicator]['name']}”完成率"
    text = block(notice.paper, cell.unit).text
    [told_of_it] = [part for part in re.split("[；。]", text) if part.startswith(said)]
    assert told_of_it.endswith("，应于2026年9月30日前完成，未完成")
    assert "应于" not in text.replace(told_of_it, ""), "of nothing else is a deadline told"


@pytest.mark.parametrize("is_in_figures", [True, False])
def test_a_county_s_own_figure_that_is_over_is_told_alike(
    villages: Villages, notice: Notice, is_in_figures: bool
) -> None:
    county = villages.county
    code = next(iter(key_indicators(county, Level.COUNTY)))
    whose = (county.cells["unit"] == county.root) & (county.cells["indicator"] == code)
    cells = county.cells.copy()
    cells.loc[whose, "state"] = State.UNFINISHED
    cells.loc[whose, "deadline"] = date(2026, 9, 30)
    if not is_in_figures:
        cells.loc[whose, ["gap", "completion", "planned"]] = pd.NA
    figures = Figures(replace(villages, county=replace(county, cells=cells)))
    text = told(draft(figures, replace(notice.choices, annexes=(), demands=())).paper)
    line = next(each for each in text.split("\n") if each.startswith("（一）"))
    assert ("应于2026年9月30日前完成，未完成。" in line) == is_in_figures
    assert ("未完成。应于2026年9月30日前完成。" in line) == (not is_in_figures)


def test_who_waits_for_acceptance_is_told_under_the_ranking(notice: Notice, october: Briefing) -> None:
    cells = october.cells[october.cells["is_principal"] & (october.cells["state"] == "awaiting")]
    waiting = cells[cells["unit"].str.len() == 9].groupby("unit")["indicator"].nunique()
    [unit] = waiting.index
    said = f"{october.names[unit]}{waiting[unit]}项。"
    lines = told(notice.paper).split("\n")
    assert lines.count(f"待审的目标未评判，不计入达序时率：{said}") == 1
    ranked = told(draft(notice.figures, replace(notice.choices, is_ranked=True)).paper).split("\n")
    note = ranked.index(f"待审的目标未评判，不计入达序时率和位次：{said}")
    begin = max(place for place, line in enumerate(ranked) if line == "乡镇达序时率排名表")
    end = max(place for place, line in enumerate(ranked) if line == "附件3")
    assert begin < note < end
