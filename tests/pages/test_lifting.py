"""What would change a unit's colour stands on its page, each with its way to the figure."""

from urllib.parse import urlsplit

import pytest

from briefing.lifting import colour_of
from briefing.lists import principal
from briefing.load import Briefing
from briefing.ranking import flags
from metrics.vocabulary import JUDGED_STATES, LAGGING_STATES, Level, State
from tests.pages.conftest import Screens, Shown
from tests.pages.markup import Table
from tests.pages.places import Places, param


def _table(shown: Shown, title: str) -> Table:
    (found,) = [each for each in shown.tables if title in each.titles]
    return found


def test_the_nearest_three_lead_to_their_figures_and_say_how_much(screens: Screens, places: Places) -> None:
    shown = screens.open("townships", u=places.township)
    table = _table(shown, "现在再做多少就转色")
    assert 1 <= len(table.rows) <= 3
    for row, now in zip(table.rows, table.column("现在再做多少就转色"), strict=True):
        link = row[0].find("a")[0].attrs["href"]
        assert urlsplit(link).path == "/figure" and param(link, "u") == places.township
        assert any(each.isdigit() for each in now) or "完成并通过验收" in now
        assert "变为" in now
    shares = [float(each.rstrip("%")) for each in table.column("占全年")]
    assert shares == sorted(shares)


def test_a_lagging_township_is_told_the_way_off_the_list(screens: Screens, october: Briefing) -> None:
    flag = flags(october)[0]
    text = screens.open("townships", u=flag.unit).page.text
    assert "不再列为滞后单位，至少要：" in text or "仅靠加量不能不再列为滞后单位" in text


def test_every_reason_leads_to_what_it_is_about(screens: Screens, october: Briefing) -> None:
    for flag in flags(october)[:3]:
        (line,) = screens.open("townships", u=flag.unit).page.find("p", "fault")
        links = [each.attrs["href"] for each in line.find("a")]
        assert len(links) == len(flag.because)
        for link, reason in zip(links, flag.because, strict=True):
            path = urlsplit(link).path
            if reason.code == "overdue":
                assert (path, param(link, "n")) == ("/rectification", reason.about)
            elif reason.about:
                assert (path, param(link, "i"), param(link, "u")) == ("/figure", reason.about, flag.unit)
            else:
                assert (path, param(link, "u")) == ("/targets", flag.unit)


def test_a_unit_whose_figures_are_all_on_plan_is_told_nothing(screens: Screens, october: Briefing) -> None:
    cells = principal(october.cells_at(Level.TOWNSHIP))
    behind = set(cells.loc[cells["state"].isin((*LAGGING_STATES, State.SLIGHTLY_BEHIND)), "unit"])
    fine = [unit for unit in cells["unit"].unique() if unit not in behind]
    if not fine:
        pytest.skip("every township of the demo county has something behind")
    assert "现在再做多少就转色" not in screens.open("townships", u=fine[0]).markup


def test_a_department_is_told_of_what_it_leads_alone(screens: Screens, october: Briefing) -> None:
    led = october.directory.indicators.set_index("code")["lead"]
    cells = principal(october.cells_at(Level.COUNTY))
    behind = cells[cells["state"].isin((*LAGGING_STATES, State.SLIGHTLY_BEHIND))]
    code = behind["indicator"].map(led).dropna().iloc[0]
    shown = screens.open("departments", d=code)
    names = _table(shown, "现在再做多少就转色").column("指标")
    held = colour_of(october, october.root, Level.COUNTY, code)
    assert held.flag is None and {led[step.cell.indicator] for step in held.steps} == {code}
    assert names == [october.definitions[step.cell.indicator]["name"] for step in held.steps]


def test_the_months_need_stands_on_all_three_pages(screens: Screens, places: Places) -> None:
    for page, of in (
        ("townships", {"u": places.township}),
        ("villages", {"u": places.village}),
    ):
        table = _table(screens.open(page, **of), "后续月均需完成")
        loads = [float(each.rstrip("%")) for each in table.column("月均占全年")]
        assert 0 < len(loads) <= 6 and loads == sorted(loads, reverse=True)
        assert "0" not in table.column("后续月均需完成")


def test_promises_are_of_better_states(october: Briefing) -> None:
    """Over the whole demo county: what is promised today is better than what is."""
    order = {state: place for place, state in enumerate(JUDGED_STATES)}
    for unit in october.directory.units.query("level == 'township'")["code"].head(6):
        for step in colour_of(october, unit, Level.TOWNSHIP).steps:
            assert order[step.today.state] < order[State(step.cell.state)]
            if step.next_period is not None and step.next_period.amount > 0 < step.today.amount:
                assert step.by is not None


def test_in_english_as_well(screens: Screens, places: Places) -> None:
    shown = screens.open("townships", u=places.township, lang="en")
    assert _table(shown, "What changes it now").rows and _table(shown, "Needed a month").rows
