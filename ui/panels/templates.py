"""Templates: choose form, unit and period by the address, and take the pre-filled workbook."""

from datetime import date

import streamlit as st

from briefing.load import Briefing
from data_access.engine import read
from intake.templates import breakdown_template, report_template, setup_template
from metrics.figures import day_text
from metrics.periods import periods_of_year
from metrics.vocabulary import Cadence, Level
from ui.database import engine
from ui.filters import form
from ui.guard import Here
from ui.html import element, show
from ui.panels.snapshot import XLSX
from ui.views import unit_view

FORMS = ("report", "breakdown", "setup")


def draw(here: Here, view: Briefing) -> None:
    """The form that chooses, and the button that builds the file when it is clicked."""
    words = here.words
    show(
        element(
            "div",
            element("h2", words("reporting.templates")),
            element("p", words("reporting.templates_help"), class_="quiet"),
            form(here, _choices(here, view)),
            class_="xs",
        )
    )
    asked = _asked(here, view)
    if asked is None:
        show(element("div", element("p", words("reporting.no_template"), class_="quiet"), class_="xs"))
        return
    kind, unit, period = asked
    name = _file_name(here, view, kind, unit, period)
    st.download_button(
        words("reporting.download", name=name),
        data=lambda: _built(here, kind, unit, period),
        file_name=name,
        mime=XLSX,
        on_click="ignore",
        key="template",
    )


def _choices(here: Here, view: Briefing) -> dict[str, list[tuple[str, str]]]:
    words, units = here.words, view.directory.units
    owners = units[units["level"].isin((Level.COUNTY, Level.TOWNSHIP))].sort_values(["level", "sort"])
    months = [
        (day.isoformat(), day_text(day, words.lang, short=True))
        for day in periods_of_year(Cadence.MONTH, here.address.year)
    ]
    nothing = ("", words("filter.choose"))
    return {
        "form": [nothing, *((kind, words(f"form.{kind}")) for kind in FORMS)],
        "u": [nothing, *zip(owners["code"], owners["name"], strict=True)],
        "period": [nothing, *months],
    }


def _asked(here: Here, view: Briefing) -> tuple[str, str, date | None] | None:
    """Form, unit and period of the address, None while they do not yet name one workbook."""
    kind, unit, period = (here.address.get(name) for name in ("form", "u", "period"))
    if kind == "setup":
        return kind, here.scope.county, None
    if kind not in FORMS or unit not in view.units.index or view.units.at[unit, "level"] == Level.VILLAGE:
        return None
    if kind == "breakdown":
        return kind, unit, None
    ends = {day.isoformat(): day for day in periods_of_year(Cadence.MONTH, here.address.year)}
    return (kind, unit, ends[period]) if period in ends else None


def _file_name(here: Here, view: Briefing, kind: str, unit: str, period: date | None) -> str:
    when = f"{period:%Y-%m}" if period else str(here.address.year)
    return f"{view.units.at[unit, 'name']}_{here.words(f'form.{kind}').split('/')[0]}_{when}.xlsx"


def _built(here: Here, kind: str, unit: str, period: date | None) -> bytes:
    lang = here.words.lang
    if kind == "setup":
        return setup_template(here.scope.county, lang=lang)
    with read(engine()) as connection:
        if kind == "breakdown" or period is None:
            return breakdown_template(
                connection, here.scope, here.address.year, unit, day=here.address.as_of, lang=lang
            )
        return report_template(
            connection, here.scope, unit, period, cells=unit_view(here, unit).cells, lang=lang
        )
