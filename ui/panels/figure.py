"""The page of one figure, from its colour down to the parts and versions it is made of."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from briefing.checklist import missing_most
from briefing.courses import Courses
from briefing.figure import Figure, course, is_carried, parts
from briefing.forecast import Forecast, back_tested, forecast
from briefing.lists import principal
from briefing.prospects import of_unit
from briefing.provenance import provenance
from metrics.columns import records
from metrics.figures import day_text, quantity
from metrics.vocabulary import Kind, Level, State, TargetChange
from metrics.wording import issued_words, target_words
from metrics.words import word
from ui.cells import amount, cell_badge, gap_and_days, gap_and_late, in_column
from ui.clock import county_time
from ui.guard import Here
from ui.html import EMPTY, Markup, element, join
from ui.panels import comparison, dots, limits, multiples, pair, pareto, people, versions, why, years
from ui.panels import course as course_chart
from ui.panels import forecast as forecast_panel
from ui.panels.issues import listing
from ui.panels.standing import standing, striven
from ui.tables import Column, Row, table
from ui.theme import INK, QUIET
from ui.views import county_view, courses_view, figure_of, fresh, kept, versions_of, villages_view

MOST_MISSING = 5
AXES = {Kind.LEVEL: "course.axis_level", Kind.DUTY: "course.axis_duty"}


def crumbs(here: Here, found: Figure) -> list[tuple[str, str]]:
    """County, township, village: the way back up, each with the same indicator."""
    units = found.briefing.units
    path: list[tuple[str, str]] = []
    code = units.at[found.unit, "parent"]
    while isinstance(code, str) and code in units.index:
        path.insert(0, (units.at[code, "name"], here.address.link("figure", u=code, i=found.indicator)))
        code = units.at[code, "parent"]
    level = units.at[found.unit, "level"]
    page = {Level.TOWNSHIP: "townships", Level.VILLAGE: "villages"}.get(Level(level))
    if page:
        path.append(
            (
                here.words("figure.unit_page", unit=units.at[found.unit, "name"]),
                here.address.link(page, u=found.unit),
            )
        )
    return path


def top(here: Here, found: Figure) -> Markup:
    """Who answers, and the box that shows why; every other issuer's target beneath."""
    indicator = found.briefing.indicators.loc[found.indicator]
    boxes = [
        why.box(here, found.briefing, cell, found.periods if cell.is_principal else None)
        for cell in records(found.cells)
    ]
    if len(boxes) > 1:
        boxes.insert(1, element("p", here.words("figure.other_issuers"), class_="quiet"))
    return element(
        "div",
        people.line(here, found.briefing.directory, **_answers(here, found)),
        *boxes,
        pair.note(here, found),
        limits.panel(here, found),
        years.panel(here, found),
        why.explanation(here, found.briefing, found.unit, found.indicator),
        element("h2", here.words("figure.course", measure=indicator["measure"])) if _runs(found) else EMPTY,
        class_="xs",
    )


def _answers(here: Here, found: Figure) -> dict[str, str]:
    """Who answers for the figure: of the county's the department that leads it."""
    lead = found.briefing.definitions[found.indicator]["lead"]
    if found.unit == here.scope.county and isinstance(lead, str):
        return {"department": lead}
    return {"unit": found.unit}


def chart(here: Here) -> None:
    """This year's plan and actual completion by period end, and the same as a picture to take away."""
    drawing = kept(here, course_drawing)
    if drawing is None or not drawing.runs:
        return
    if not drawing.spec:
        st.caption(here.words("figure.no_course"))
        return
    st.vega_lite_chart(drawing.spec, width="stretch", key="course")
    st.download_button(
        here.words("figure.picture"),
        data=lambda: fresh(here, _picture),
        file_name=drawing.file_name,
        mime="image/png",
        on_click="ignore",
        key="picture",
    )


@dataclass(frozen=True)
class Drawing:
    """A course as Vega-Lite, empty where there is none, and what its picture is called.

    `runs`: the figure is of a kind that has a course at all.
    """

    spec: dict[str, Any]
    file_name: str
    runs: bool


def course_drawing(here: Here) -> Drawing | None:
    """The course of the figure that the address names, None where there is no such figure."""
    found = figure_of(here, county_view(here))
    if found is None:
        return None
    name = here.words("figure.picture_file", unit=_unit(found), indicator=_indicator(found))
    return Drawing(_spec(here, found), name, _runs(found))


def _runs(found: Figure) -> bool:
    """Whether there is a way between start and target: a limit is kept, a milestone reached on a day."""
    cell = next(records(found.cells))
    return cell.kind not in why.WITHOUT_COURSE and pd.isna(cell.kept)


def _spec(here: Here, found: Figure) -> dict[str, Any]:
    """The course with its forecast; empty where there is nothing to draw."""
    line = course(found, of_unit(forecast_of(here, found), found.unit))
    if line.empty:
        return {}
    cell, words = next(records(found.cells)), here.words
    gap = ""
    if pd.notna(cell.gap):
        gap = words("course.gap", gap=gap_and_late(cell, words))
    return course_chart.drawing(
        words,
        line,
        shape=str(cell.curve_shape),
        marks=_changes(here, found),
        gap=gap,
        axis=words(AXES.get(cell.kind, "course.axis")),
    )


def _changes(here: Here, found: Figure) -> list[tuple[int, str]]:
    """The months of the year in which the target was changed, and what it became."""
    indicator = found.briefing.definitions[found.indicator]
    return [
        (
            row.valid_from.month,
            here.words("course.changed", target=quantity(row.low, int(indicator["scale"]))),
        )
        for row in records(found.target_versions.iloc[1:])
        if row.valid_from.year == found.below.frame.year and pd.notna(row.low)
    ]


def _picture(here: Here) -> bytes:
    """The course as a PNG that says by itself whose it is, of what and of which day."""
    # Imported on the click: what draws pictures is large, and most processes never draw one.
    from notices.picture import png

    lang = here.words.lang
    found = figure_of(here, county_view(here))
    assert found is not None, "the button stands under a figure"
    facts = provenance(found.briefing)
    title = {
        "text": f"{_unit(found)} · {_indicator(found)}",
        "subtitle": here.words(
            "figure.picture_of", day=day_text(here.address.as_of, lang), rule=facts.rule_number
        ),
        "anchor": "start",
        "color": INK,
        "subtitleColor": QUIET,
        "fontSize": 17,
        "subtitleFontSize": 13,
        "offset": 12,
    }
    return png(_spec(here, found) | {"title": title, "width": 760, "height": 300})


def forecast_of(here: Here, found: Figure) -> Forecast:
    """The forecast of a figure, its unit and those beside or below it."""
    day, root = found.below.board.data_days.get(found.indicator), found.below.root
    county = None if root == here.scope.county else _of_county(here, found)
    return forecast(found.courses, day, county)


def _unit(found: Figure) -> str:
    return str(found.briefing.units.at[found.unit, "name"])


def _indicator(found: Figure) -> str:
    return str(found.briefing.indicators.at[found.indicator, "name"])


def bottom(here: Here, found: Figure) -> Markup:
    """The parts it is the sum of, the reports behind it, the items on it."""
    briefing, held = found.briefing, versions_of(here, found)
    # Of a village there is nothing below; its neighbours are on its township's page.
    is_whole = found.unit == found.below.root
    items = briefing.issues[
        briefing.issues["unit"].str.startswith(found.unit) & (briefing.issues["indicator"] == found.indicator)
    ]
    return element(
        "div",
        _ahead(here, found),
        multiples.panel(here, found) if is_whole else EMPTY,
        _most_missing(here, found) if is_whole else EMPTY,
        _parts(here, found),
        element("div", pareto.panel(here, found, _villages(here, found))) if is_whole else EMPTY,
        comparison.panel(here, found),
        _targets(here, found),
        _reports(here, found, held),
        element("h2", here.words("issues.title")) + listing(here, briefing, items) if len(items) else EMPTY,
        class_="xs",
    )


def _ahead(here: Here, found: Figure) -> Markup:
    day = found.below.board.data_days.get(found.indicator)
    if found.courses.this.empty:
        return EMPTY
    # Of a township the forecasts tried again are those of the county's townships, of which its own is one.
    is_part = found.unit == found.below.root != here.scope.county
    tried = _of_county(here, found) if is_part else found.courses
    return element(
        "div", forecast_panel.panel(here, found, forecast_of(here, found), back_tested(tried, day))
    )


def _of_county(here: Here, found: Figure) -> Courses:
    return courses_view(here, here.scope.county).of(found.indicator)


def _villages(here: Here, found: Figure) -> pd.DataFrame:
    """The judged cells of every village below the unit."""
    if found.unit != here.scope.county:
        return found.below.cells[found.below.cells["unit"] != found.unit]
    return villages_view(here).cells


def _targets(here: Here, found: Figure) -> Markup:
    """How the target changed over the year; nothing where it never did."""
    words, held = here.words, found.target_versions
    if len(held) < 2:
        return EMPTY
    indicator = found.briefing.definitions[found.indicator]
    rows = [
        Row(
            (
                day_text(row.valid_from, words.lang, short=True),
                word(TargetChange(row.change), words.lang),
                issued_words(row, indicator, words.lang),
                row.document if isinstance(row.document, str) else "",
                row.reason if isinstance(row.reason, str) else "",
                county_time(row.recorded_at).strftime("%Y-%m-%d %H:%M"),
            )
        )
        for row in records(held)
    ]
    keys = ("valid_from", "change", "target", "document", "reason", "recorded_at")
    columns = [Column(words(f"col.{key}"), is_figure=key == "target") for key in keys]
    return element("h2", words("figure.target_versions")) + table(columns, rows)


def _parts(here: Here, found: Figure) -> Markup:
    words = here.words
    held = principal(parts(found))
    if held.empty:
        return EMPTY
    indicator = found.briefing.definitions[found.indicator]
    names = found.below.names
    rows = [
        Row(
            (
                element(
                    "a",
                    names[cell.unit],
                    href=here.address.link("figure", u=cell.unit, i=cell.indicator),
                ),
                in_column(target_words(cell, indicator, words.lang)),
                in_column(amount(cell, indicator, words)),
                standing(cell, indicator, words),
                gap_and_days(cell, words),
                f"{cell.shortfall_share:.1%}" if pd.notna(cell.shortfall_share) else "",
                cell_badge(cell, words) + striven(cell, words),
            )
        )
        for cell in records(held)
    ]
    figures = {"target", "actual", "gap", "shortfall_share"}
    keys = ("unit", "target", "actual", "progress", "gap", "shortfall_share", "state")
    columns = [Column(words(f"col.{key}"), is_figure=key in figures) for key in keys]
    is_ranked = found.unit == here.scope.county and found.indicator in dots.rankable(found.briefing)
    link = element("a", words("dots.link"), href=here.address.link("townships", i=found.indicator))
    title = element("h2", words("figure.parts", count=len(rows)), *((" ", link) if is_ranked else ()))
    return title + _silent(here, found, held) + table(columns, rows, is_tall=len(rows) > 30)


def _most_missing(here: Here, found: Figure) -> Markup:
    """Of a checklist the items that most of the units below lack."""
    if found.cells.iloc[0]["kind"] != Kind.CHECKLIST:
        return EMPTY
    words = here.words
    lacking, units = missing_most(found.below, found.unit, found.indicator)
    if not lacking:
        return EMPTY
    items = [
        words("figure.most_missing_item", item=item, count=count) for item, count in lacking[:MOST_MISSING]
    ]
    said = words("figure.most_missing", count=units, items=words("list.pause").join(items))
    return element("h2", words("figure.most_missing_title")) + element("p", said)


def _silent(here: Here, found: Figure, held: pd.DataFrame) -> Markup:
    """Which parts have not reported, and whether what they said last stands in the sum: never as a zero."""
    words, names = here.words, found.below.names
    silent = [names[unit] for unit in held.loc[held["state"] == State.UNREPORTED, "unit"]]
    last: dict[str, list[str]] = {"figure.carried": [], "figure.not_in": []}
    for cell in records(held[(held["units_in"] == 0) & held["last_amount"].notna()]):
        last["figure.carried" if is_carried(found, cell) else "figure.not_in"].append(
            _last(here, found, cell)
        )
    return join(
        element("p", words(key, count=len(shown), names=words("list.pause").join(shown)), class_="note")
        for key, shown in {"figure.silent": silent, **last}.items()
        if shown
    )


def _last(here: Here, found: Figure, cell: Any) -> str:
    scale = int(found.below.definitions[found.indicator]["scale"])
    return here.words(
        "figure.not_in_one",
        unit=found.below.names[cell.unit],
        amount=quantity(int(cell.last_amount), scale),
        day=day_text(cell.last_period, here.words.lang),
    )


def _reports(here: Here, found: Figure, held: pd.DataFrame) -> Markup:
    title = element("h2", here.words("figure.reports"))
    if held.empty and len(parts(found)):
        return join([title, element("p", here.words("figure.reports_below"), class_="quiet")])
    return join([title, versions.ledger(here, held, found.briefing.definitions)])
