"""Filters choose rows, say so in the address, and are taken off by one link."""

import pytest

from tests.pages.conftest import Screens, Shown
from tests.pages.places import Places, param


def _options(shown: Shown, name: str) -> list[str]:
    (select,) = (each for each in shown.page.find("select") if each.attrs["name"] == name)
    return [option.attrs["value"] for option in select.find("option")]


def _chosen(shown: Shown, name: str) -> str:
    (select,) = (each for each in shown.page.find("select") if each.attrs["name"] == name)
    return next((option.attrs["value"] for option in select.find("option") if "selected" in option.attrs), "")


def test_villages_by_township(screens: Screens, places: Places) -> None:
    shown = screens.open("villages", tw=places.township)
    assert _chosen(shown, "tw") == places.township
    (select,) = (each for each in shown.page.find("select") if each.attrs["name"] == "tw")
    (name,) = (option.text for option in select.find("option") if "selected" in option.attrs)
    assert set(shown.tables[0].column("乡镇")) == {name}


def test_villages_by_tag(screens: Screens) -> None:
    everything = screens.open("villages")
    for tag in _options(everything, "tag")[1:3]:
        shown = screens.open("villages", tag=tag)
        assert shown.tables[0].rows
        assert all(tag in tags for tags in shown.tables[0].column("标签"))


@pytest.mark.parametrize("only", ["flagged", "lagging", "unreported"])
def test_villages_by_what_is_wrong(screens: Screens, only: str) -> None:
    shown = screens.open("villages", only=only)
    (table,) = shown.tables
    column = {"lagging": "滞后及以上", "unreported": "未报", "flagged": "滞后原因"}[only]
    assert table.rows
    assert all(text not in ("0", "—") for text in table.column(column))


def test_villages_by_name(screens: Screens) -> None:
    name = screens.open("villages").tables[0].rows[0][0].text
    shown = screens.open("villages", q=name)
    assert all(name in found for found in shown.tables[0].column("村"))
    assert screens.open("villages", q=" ").tables[0].rows
    nothing = screens.open("villages", q="没有这个村名")
    assert nothing.tables == [] and "没有找到" in nothing.notes[0]


def test_a_form_carries_the_frame_and_the_other_filters(screens: Screens, places: Places) -> None:
    shown = screens.open("rectification", u=places.township, show="all", known="2026-11-22T11:59", lang="en")
    (form,) = (each for each in shown.page.find("form", "filters"))
    hidden = {
        each.attrs["name"]: each.attrs["value"]
        for each in form.find("input")
        if each.attrs["type"] == "hidden"
    }
    assert hidden == {"y": "2026", "asof": "2026-10-31", "known": "2026-11-22T11:59", "lang": "en"}
    assert form.attrs["action"] == "/rectification" and form.attrs["method"] == "get"
    clear = form.find("a")[0].attrs["href"]
    assert param(clear, "u") == "" and param(clear, "show") == "" and param(clear, "lang") == "en"


def test_the_form_of_day_and_moment_keeps_the_page_s_own_parameters(screens: Screens, places: Places) -> None:
    shown = screens.open("figure", u=places.township, i=places.indicator)
    form = shown.page.find("details", "when")[0].find("form")[0]
    hidden = {
        each.attrs["name"]: each.attrs["value"]
        for each in form.find("input")
        if each.attrs["type"] == "hidden"
    }
    assert hidden == {"u": places.township, "i": places.indicator}


def test_targets_by_state_and_department(screens: Screens, places: Places) -> None:
    shown = screens.open("targets", state="behind", d=places.department, level="township")
    (table,) = shown.tables
    assert table.rows and all("滞后" in text for text in table.column("状态"))
    assert (_chosen(shown, "state"), _chosen(shown, "d")) == ("behind", places.department)


def test_townships_in_three_orders(screens: Screens) -> None:
    orders = {}
    for order in ("need", "rank", "name"):
        matrix = screens.open("townships", order=order).page.find("table", "matrix")[0]
        orders[order] = [row.find("th")[0].text for row in matrix.find("tbody")[0].find("tr")]
    assert len({tuple(order) for order in orders.values()}) == 3
    assert len({tuple(sorted(order)) for order in orders.values()}) == 1


def test_the_ledger_by_source_and_state(screens: Screens) -> None:
    everything = screens.open("rectification", show="all")
    source = _options(everything, "source")[1]
    shown = screens.open("rectification", show="all", source=source)
    assert set(shown.tables[0].column("来源")) == {source}
    closed = screens.open("rectification", show="closed")
    assert set(closed.tables[0].column("状态")) == {"已销号"}
    assert set(closed.tables[0].column("期限")) == {"—"}
