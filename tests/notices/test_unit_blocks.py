"""What a notice says of single units beside their figures: whose items are overdue, whose targets wait."""

from dataclasses import replace

from briefing.load import Briefing
from notices.content import Paper, Paragraph
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
