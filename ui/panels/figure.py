"""The page of one figure, from its colour down to the parts and versions it is made of."""

from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from briefing.figure import Figure, course, is_carried, parts
from briefing.lists import principal
from briefing.provenance import provenance
from metrics.columns import records
from metrics.figures import day_text, gap_text, quantity
from metrics.vocabulary import Level, State
from ui.cells import amount, bullet, cell_badge
from ui.guard import Here
from ui.html import EMPTY, Markup, element, join
from ui.panels import comparison, people, versions, why
from ui.panels.issues import listing
from ui.panels.sheet import target_text
from ui.tables import Column, Row, table
from ui.theme import INK, NAVY, QUIET, RULE
from ui.views import county_view, figure_of, fresh, kept, versions_of


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
    boxes = [why.box(here, found.briefing, cell) for cell in records(found.cells)]
    if len(boxes) > 1:
        boxes.insert(1, element("p", here.words("figure.other_issuers"), class_="quiet"))
    return element(
        "div",
        people.line(here, found.briefing.directory, unit=found.unit),
        *boxes,
        why.explanation(here, found.briefing, found.unit, found.indicator),
        element("h2", here.words("figure.course", measure=indicator["measure"])),
        class_="xs",
    )


def chart(here: Here) -> None:
    """This year's plan and actual completion by period end, and the same as a picture to take away."""
    drawing = kept(here, course_drawing)
    if drawing is None:
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
    """A course as Vega-Lite, empty where there is none, and what its picture is called."""

    spec: dict[str, Any]
    file_name: str


def course_drawing(here: Here) -> Drawing | None:
    """The course of the figure that the address names, None where there is no such figure."""
    found = figure_of(here, county_view(here))
    if found is None:
        return None
    frame = course(found)
    spec = {} if frame.empty else _lines(here, frame).properties(height=260).to_dict()
    name = here.words("figure.picture_file", unit=_unit(found), indicator=_indicator(found))
    return Drawing(spec, name)


def _picture(here: Here) -> bytes:
    """The course as a PNG that says by itself whose it is, of what and of which day."""
    # Imported on the click: what draws pictures is large, and most processes never draw one.
    from notices.picture import png

    lang = here.words.lang
    found = figure_of(here, county_view(here))
    assert found is not None, "the button stands under a figure"
    facts = provenance(found.briefing)
    title = alt.TitleParams(
        f"{_unit(found)} · {_indicator(found)}",
        subtitle=here.words(
            "figure.picture_of", day=day_text(here.address.as_of, lang), rule=facts.rule_number
        ),
        anchor="start",
        color=INK,
        subtitleColor=QUIET,
        fontSize=17,
        subtitleFontSize=13,
        offset=12,
    )
    return png(_lines(here, course(found)).properties(title=title, width=760, height=300).to_dict())


def _unit(found: Figure) -> str:
    return str(found.briefing.units.at[found.unit, "name"])


def _indicator(found: Figure) -> str:
    return str(found.briefing.indicators.at[found.indicator, "name"])


def _lines(here: Here, frame: pd.DataFrame) -> alt.Chart:
    suffix = here.words("chart.month")
    axis = alt.Axis(labelAngle=0, labelColor=INK, labelFontSize=13, labelExpr=f"datum.value + '{suffix}'")
    x = alt.X(field="month", type="ordinal", title=None, sort=None, axis=axis)
    y = alt.Y(
        field="share",
        type="quantitative",
        title=None,
        axis=alt.Axis(format="%", labelColor=INK, labelFontSize=13, gridColor=RULE, tickCount=5),
    )
    plan, actual = here.words("figure.plan"), here.words("figure.actual")
    base = alt.Chart(frame.assign(name=frame["name"].map({"plan": plan, "actual": actual})))
    colour = alt.Color(
        field="name",
        type="nominal",
        title=None,
        scale=alt.Scale(domain=[plan, actual], range=[QUIET, NAVY]),
        legend=alt.Legend(
            orient="top-left", labelFontSize=13, labelColor=INK, symbolType="stroke", symbolSize=400
        ),
    )
    dash = alt.StrokeDash(
        field="name",
        type="nominal",
        scale=alt.Scale(domain=[plan, actual], range=[[5, 4], [1, 0]]),
        legend=None,
    )
    return base.mark_line(point=True, strokeWidth=2.5).encode(x=x, y=y, color=colour, strokeDash=dash)


def bottom(here: Here, found: Figure) -> Markup:
    """The parts it is the sum of, the reports behind it, the items on it."""
    briefing, held = found.briefing, versions_of(here, found)
    items = briefing.issues[
        briefing.issues["unit"].str.startswith(found.unit) & (briefing.issues["indicator"] == found.indicator)
    ]
    return element(
        "div",
        _parts(here, found),
        comparison.panel(here, found),
        _reports(here, found, held),
        element("h2", here.words("issues.title")) + listing(here, briefing, items) if len(items) else EMPTY,
        class_="xs",
    )


def _parts(here: Here, found: Figure) -> Markup:
    words = here.words
    held = principal(parts(found))
    if held.empty:
        return EMPTY
    indicator = found.briefing.indicators.loc[found.indicator]
    names, scale, is_ratio = found.below.names, int(indicator["scale"]), bool(indicator["is_ratio"])
    rows = [
        Row(
            (
                element(
                    "a",
                    names[cell.unit],
                    href=here.address.link("figure", u=cell.unit, i=cell.indicator),
                ),
                target_text(cell, indicator, words.lang),
                amount(cell, scale, is_ratio=is_ratio, words=words),
                bullet(cell, words),
                gap_text(cell, bare=True),
                f"{cell.shortfall_share:.1%}" if pd.notna(cell.shortfall_share) else "",
                cell_badge(cell, words),
            )
        )
        for cell in records(held)
    ]
    figures = {"target", "actual", "gap", "shortfall_share"}
    keys = ("unit", "target", "actual", "progress", "gap", "shortfall_share", "state")
    columns = [Column(words(f"col.{key}"), is_figure=key in figures) for key in keys]
    title = element("h2", words("figure.parts", count=len(rows)))
    return title + _silent(here, found, held) + table(columns, rows, is_tall=len(rows) > 30)


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
