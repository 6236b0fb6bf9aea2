"""What each page says, from the menu to the foot: made of an address and the data, kept as one drawing."""

from metrics.vocabulary import Level
from ui import sentences
from ui.frame import closing, framed, opening, unknown_indicator
from ui.guard import Here
from ui.html import EMPTY, Markup
from ui.panels import changes as all_changes
from ui.panels import department as one_department
from ui.panels import departments as all_departments
from ui.panels import figure as of_figure
from ui.panels import indicators as all_indicators
from ui.panels import issues, ledger, snapshot
from ui.panels import overview as of_overview
from ui.panels import reporting as of_reporting
from ui.panels import targets as of_targets
from ui.panels import township as one_township
from ui.panels import townships as all_townships
from ui.panels import village as one_village
from ui.panels import villages as all_villages
from ui.settings import contents
from ui.theme import upright
from ui.views import county_view, figure_of, prospects_view, unit_or_none, unit_view, villages_view


def overview(here: Here) -> Markup:
    """The answer in one sentence; on the left what to decide, on the right the picture."""
    view = county_view(here)
    sentence = sentences.overview_sentence(here.words, view)
    return framed(here, view, sentence, of_overview.whole_page(here, view))


def townships(here: Here) -> Markup:
    """Every township, or the one the address names."""
    view = county_view(here)
    unit = unit_or_none(here, view)
    if unit is None:
        content = all_townships.whole_page(here, view, here.address.get("order") or "need")
        return framed(here, view, sentences.townships_sentence(here.words, view), content)
    content = upright() + one_township.whole_page(here, view, unit_view(here, unit), unit)
    crumbs = [(here.words("page.townships"), here.address.link("townships"))]
    return framed(here, view, sentences.township_sentence(here.words, view, unit), content, crumbs)


def departments(here: Here) -> Markup:
    """Every department, or the one the address names."""
    view = county_view(here)
    code = here.address.get("d")
    if code not in set(view.directory.departments["code"]):
        content = all_departments.whole_page(here, view)
        return framed(here, view, sentences.departments_sentence(here.words, view), content)
    content = one_department.whole_page(here, view, code)
    crumbs = [(here.words("page.departments"), here.address.link("departments"))]
    return framed(here, view, sentences.department_sentence(here.words, view, code), content, crumbs)


def villages(here: Here) -> Markup:
    """The villages that lag, or the one the address names."""
    county = county_view(here)
    unit = unit_or_none(here, county, Level.VILLAGE)
    if unit is None:
        held = villages_view(here)
        content = all_villages.whole_page(here, held)
        return framed(here, county, sentences.villages_sentence(here.words, held), content)
    own = unit_view(here, str(county.units.at[unit, "parent"]))
    content = upright() + one_village.whole_page(here, own, unit)
    crumbs = one_village.crumbs(here, own, unit)
    return framed(here, county, sentences.village_sentence(here.words, own, unit), content, crumbs)


def indicators_upper(here: Here) -> Markup:
    """Every figure of the county, or the one the address names down to its chart."""
    view = county_view(here)
    if here.address.get("i") in view.indicators.index and figure_of(here, view):
        return figure_upper(here)
    sentence = sentences.indicators_sentence(here.words, prospects_view(here))
    unknown = unknown_indicator(here)
    return opening(here, view, sentence) + unknown + all_indicators.whole_page(here, view)


def indicators_lower(here: Here) -> Markup:
    """What the figure is made of, and the foot."""
    return figure_lower(here)


def rectification(here: Here) -> Markup:
    """The ledger with its clock, or the item the address names with its history."""
    view = county_view(here)
    number = here.address.get("n")
    found = view.issues[view.issues["number"] == number]
    if found.empty:
        content = ledger.whole_page(here, view)
        return framed(here, view, sentences.ledger_sentence(here.words, view), content)
    content = issues.whole_page(here, view, number)
    crumbs = [(here.words("page.rectification"), here.address.link("rectification"))]
    return framed(here, view, f"{number} {found.iloc[0]['title']}", content, crumbs)


def targets(here: Here) -> Markup:
    """The list of judged targets behind a card."""
    view = county_view(here)
    held = of_targets.chosen(here, view)
    sentence = here.words("targets.sentence", count=held.count)
    return framed(here, view, sentence, of_targets.whole_page(here, view, held))


def changes(here: Here) -> Markup:
    """Which figures became others, and why."""
    view = county_view(here)
    held = all_changes.chosen(here, view)
    sentence = all_changes.sentence(here, held)
    return framed(here, view, sentence, all_changes.whole_page(here, view, held))


def figure_upper(here: Here) -> Markup:
    """A figure down to the box that shows why it has its colour; the chart follows."""
    county = county_view(here)
    found = figure_of(here, county)
    if found is None:
        return opening(here, county, here.words("figure.unknown"))
    sentence = sentences.figure_sentence(here.words, found)
    crumbs = of_figure.crumbs(here, found)
    return opening(here, found.briefing, sentence, crumbs) + of_figure.top(here, found)


def figure_lower(here: Here) -> Markup:
    """What a figure is made of, and every version of it."""
    county = county_view(here)
    found = figure_of(here, county)
    below = of_figure.bottom(here, found) if found else EMPTY
    return below + closing(here, county)


def reporting_upper(here: Here) -> Markup:
    """How much of what is owed is in; the templates, workbooks and acceptance follow."""
    view = county_view(here)
    return opening(here, view, sentences.reporting_sentence(here.words, view))


def reporting_lower(here: Here) -> Markup:
    """Who has reported, unit by unit."""
    view = county_view(here)
    return of_reporting.whole_page(here, view) + closing(here, view)


def snapshots_upper(here: Here) -> Markup:
    """What the workbook of the day holds; its button follows."""
    view = county_view(here)
    sentence = sentences.snapshot_sentence(here.words, view)
    return opening(here, view, sentence) + snapshot.contents(here, view)


def snapshots_lower(here: Here) -> Markup:
    """The foot."""
    return closing(here, county_view(here))


def settings_upper(here: Here) -> Markup:
    """Which rule is in force, and the sections; the one that is open follows."""
    view = county_view(here)
    return opening(here, view, sentences.settings_sentence(here.words, view)) + contents.links(here)


def settings_lower(here: Here) -> Markup:
    """The foot."""
    return closing(here, county_view(here))
