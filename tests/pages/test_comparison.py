"""Who can be told apart stands on the page of the figure, with how many it is of and how it was found."""

import pytest

from briefing.lists import principal
from briefing.load import Briefing
from metrics.vocabulary import Level
from tests.pages.conftest import Screens, Shown

TITLE = "哪些单位确有差异"


def _groups(shown: Shown) -> dict[str, tuple[str, str]]:
    """Of each unit what it counts and the group it is in."""
    (held,) = [table for table in shown.tables if "与全部其他单位相比" in table.titles]
    return dict(
        zip(
            held.column("单位"),
            zip(held.column("计入/总数"), held.column("与全部其他单位相比"), strict=True),
            strict=True,
        )
    )


def test_those_that_differ_are_named_and_only_those(screens: Screens, october: Briefing) -> None:
    shown = screens.open("figure", u=october.root, i="JK01")
    groups = _groups(shown)
    cells = principal(october.cells_at(Level.TOWNSHIP))
    cells = cells[(cells["indicator"] == "JK01") & cells["numerator"].notna()].set_index("unit")
    assert len(groups) == len(cells) > 10
    for unit, cell in cells.iterrows():
        counted, group = groups[october.names[unit]]
        assert counted == f"{cell['numerator']:,} / {cell['denominator']:,}"
        assert ("明显低于全县" in group) == (cell["state"] == "behind"), october.names[unit]
    assert "末位" not in shown.page.text


def test_where_less_is_better_the_page_says_which_way_is_worse(screens: Screens, october: Briefing) -> None:
    shown = screens.open("figure", u=october.root, i="JC03")
    assert "越低越好" in shown.page.text
    assert _groups(shown)["红岭农场"][1].endswith("数量少，不分组")


@pytest.mark.parametrize("indicator", ["JK03", "YS04", "CY02"], ids=["money", "without parts", "an amount"])
def test_what_does_not_count_k_of_n_is_not_compared(
    screens: Screens, october: Briefing, indicator: str
) -> None:
    assert TITLE not in screens.open("figure", u=october.root, i=indicator).page.text


@pytest.mark.parametrize("level", [Level.TOWNSHIP, Level.VILLAGE])
def test_below_the_county_the_others_are_not_the_county(
    screens: Screens, october: Briefing, level: Level
) -> None:
    units = october.directory.units
    unit = units.loc[units["level"] == level, "code"].iloc[0]
    assert TITLE not in screens.open("figure", u=unit, i="JK01").page.text
