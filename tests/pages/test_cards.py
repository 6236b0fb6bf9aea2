"""Every card is the number of rows of the list it opens."""

import re
from collections.abc import Iterator

import pytest

from briefing.departments import department_rows
from briefing.load import Briefing
from tests.pages.conftest import Screens, Shown
from tests.pages.markup import Node
from tests.pages.places import Places, links_to, param


def _cards(page: Node) -> Iterator[tuple[str, int, str]]:
    """(label, count, link) of every card that counts something."""
    for strip in page.find("div", "strip"):
        for card in strip.find("a"):
            label, value = card.find("span", "label")[0].text, card.find("span", "value")[0].text
            yield label, int(value), card.attrs["href"]


def _rows(shown: Shown) -> int:
    """The rows of the list itself: of targets, or of rectification items."""
    lists = [
        table for table in shown.tables if {"指标", "状态"} <= set(table.titles) or "编号" in table.titles
    ]
    return len(lists[0].rows) if lists else 0


def _assert_cards(screens: Screens, shown: Shown) -> int:
    seen = 0
    for label, count, link in _cards(shown.page):
        behind = screens.follow(link)
        assert _rows(behind) == count, f"{label} {count} opens {_rows(behind)} rows ({link})"
        assert str(count) in behind.sentence or str(count) in behind.page.text
        seen += 1
    return seen


@pytest.mark.parametrize("page", ["overview", "rectification"])
def test_cards_of_a_page(screens: Screens, page: str) -> None:
    assert _assert_cards(screens, screens.open(page)) >= 4


def test_the_snapshot_shows_the_overview_s_cards(screens: Screens) -> None:
    overview = dict.fromkeys(_cards(screens.open("overview").page))
    assert set(_cards(screens.open("snapshots").page)) < set(overview)


def test_cards_of_a_township(screens: Screens, places: Places) -> None:
    assert _assert_cards(screens, screens.open("townships", u=places.township)) >= 6


def test_cards_of_departments(screens: Screens) -> None:
    listed = screens.open("departments")
    for link in links_to(listed.page, "departments", "d")[:2]:
        assert _assert_cards(screens, screens.follow(link)) >= 2


def test_cards_of_a_village(screens: Screens, places: Places) -> None:
    assert _assert_cards(screens, screens.open("villages", u=places.village)) >= 2


def test_the_states_add_up_to_the_total(screens: Screens) -> None:
    total, *states = [
        (count, param(link, "state"))
        for _, count, link in _cards(screens.open("overview").page)
        if "targets" in link
    ]
    assert sum(count for count, state in states if state != "left_out") == total[0]


def test_the_counts_of_a_department_add_up(screens: Screens, october: Briefing) -> None:
    (table,) = screens.open("departments").tables
    rows = department_rows(october).set_index("name")
    for row in table.rows:
        held = dict(zip(table.titles, (cell.text for cell in row), strict=True))
        counted = [int(re.sub(r".*\D", "", held[name])) for name in ("达序时", "略滞后", "滞后及以上")]
        assert sum(counted) == rows.at[held["部门"], "judged"]


def test_an_unknown_department_is_said_to_be_so(screens: Screens) -> None:
    shown = screens.open("departments", d="nobody")
    assert shown.notes == ["链接里的部门不存在，下面是全部部门。"]
    assert not screens.open("departments").notes


def test_every_number_in_the_lists_of_departments_is_its_list(screens: Screens) -> None:
    (table,) = screens.open("departments").tables
    checked = 0
    for row in table.rows[:3]:
        for cell in row[1:]:
            for link in cell.find("a"):
                behind = screens.follow(link.attrs["href"])
                assert _rows(behind) == int(link.text), (row[0].text, link.attrs["href"])
                checked += 1
    assert checked


@pytest.mark.parametrize("by", ["按乡镇", "按问题来源"])
def test_every_number_beside_the_ledger_is_its_list(screens: Screens, by: str) -> None:
    ledger = screens.open("rectification")
    title = {"按乡镇": "乡镇", "按问题来源": "问题来源"}[by]
    table = next(table for table in ledger.tables if table.titles[0] == title)
    for row in (table.rows[0], table.rows[-1]):
        behind = screens.follow(row[0].find("a")[0].attrs["href"])
        assert _rows(behind) == int(row[1].text), row[0].text
        overdue = screens.follow(row[2].find("a")[0].attrs["href"])
        assert _rows(overdue) == int(row[2].text), row[0].text


def test_every_head_of_a_matrix_opens_the_column_below_it(screens: Screens, places: Places) -> None:
    for shown in (screens.open("overview"), screens.open("townships", u=places.township)):
        matrix = shown.page.find("table", "matrix")[0]
        head = matrix.find("thead")[0].find("a")[0]
        behind = screens.follow(head.attrs["href"])
        drawn = [row.find("td")[0] for row in matrix.find("tbody")[0].find("tr")]
        linked = [cell for cell in drawn if cell.find("a")]
        assert any(len(table.rows) == len(linked) for table in behind.tables), head.text
