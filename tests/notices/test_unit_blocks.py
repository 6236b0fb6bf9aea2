"""What the notice says of one lagging unit beside its figures: whose items are overdue, what is over and not done."""

from briefing.load import Briefing
from notices.content import Paper, Paragraph
from tests.notices.papers import Notice


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
    told = {}
    for unit in notice.figures.flagged:
        text, whose = block(notice.paper, unit).text, issues["unit"]
        own = int((whose == unit).sum())
        below = int(sum(each[:9] == unit for each in whose) - own)
        assert ("本级整改事项逾期超过30天" in text) <= (own > 0)
        assert ("所辖村另有逾期整改事项" in text) == (below > 0)
        assert not below or f"所辖村另有逾期整改事项{below}件，不作为列入原因。" in text
        told[unit] = (own > 0, below > 0)
    assert {(True, False), (True, True)} & set(told.values()), "both are tried"
    assert any(below for _, below in told.values())
