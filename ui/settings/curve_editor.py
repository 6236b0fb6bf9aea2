"""The editor of a plan curve: its points in a table, its picture beside them, what it would change, and the save."""

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import streamlit as st

from briefing.curves import Book
from briefing.load import Briefing
from data_access.engine import write
from data_access.errors import UserFacing
from data_access.records import CurveRecord
from data_access.writes import write_records
from metrics.columns import records
from metrics.control_points import Draft, known_shares, read_points, write_points
from metrics.curves import TEMPLATES, Curve, Shape, day_number
from ui import answers
from ui.database import engine
from ui.guard import Here
from ui.html import element, show
from ui.settings import curve_effect, picture
from ui.settings.curve_choice import Choice
from ui.views import figure_at

# In the session: what was saved last, by whom, how often, and what the last preview was of.
DONE, ACTOR, TURN, SHOWN = "curve_done", "curve_actor", "curve_turn", "curve_shown"
NOW = "now"
# A row of the table, its head, and two empty rows to write in; longer tables scroll.
ROW_HEIGHT, SPARE_ROWS, MOST_ROWS = 35, 3, 14


@dataclass(frozen=True)
class Written:
    """What stands in the fields below the table."""

    valid_from: date
    year: int | None
    reason: str
    document: str
    author: str


def draw(here: Here, view: Briefing, book: Book, chosen: Choice) -> None:
    """The whole editor; a view of the past only shows its picture."""
    words, state = here.words, st.session_state
    if DONE in state:
        answers.done(state.pop(DONE))
    if here.address.known_at is not None:
        st.vega_lite_chart(_picture(here, view, book, chosen, None), width="stretch", key="curve-picture")
    if answers.refused_in_the_past(here):
        return
    turn = state.setdefault(TURN, 0)
    key = f"{chosen.indicator}-{chosen.unit}-{turn}"
    left, right = st.columns([2, 3], gap="medium")
    with left:
        name, draft = _points(here, view, book, chosen, key)
    with right:
        drawn = _picture(here, view, book, chosen, draft)
        st.vega_lite_chart(drawn, width="stretch", key="curve-picture")
    written = _fields(here, book, chosen, key)
    faults = _faults(here, book, chosen, name, draft, written)
    shown = None
    if draft.curve is not None:
        record = _record(chosen, draft.curve, written)
        curve_effect.draw(here, view, book, chosen, record)
        # Its name and the papers behind it change no figure.
        shown = replace(record, name="", document=None, reason=None)
    is_seen = answers.previewed(SHOWN, shown)
    if st.button(words("curve.save"), type="primary", key=f"curve-save-{key}"):
        _save(here, chosen, draft, written, faults, is_seen)


def _points(here: Here, view: Briefing, book: Book, chosen: Choice, key: str) -> tuple[str, Draft]:
    """What to start from, the name and shape, and the table; the draft that it makes, with its faults said."""
    words = here.words
    starts = _starts(here, view, book, chosen)
    start = st.selectbox(
        words("curve.start_from"),
        list(starts),
        format_func=lambda which: starts[which][0],
        placeholder=words("filter.choose"),
        key=f"curve-start-{key}",
    )
    begin = starts[start][1]
    by_start = f"{key}-{start}"
    named, shaped = st.columns(2)
    name = named.text_input(words("curve.name"), value=begin.name, max_chars=60, key=f"curve-name-{by_start}")
    shape = shaped.selectbox(
        words("curve.shape"),
        list(Shape),
        index=list(Shape).index(begin.shape),
        format_func=lambda one: words(f"curve.shape.{one}"),
        key=f"curve-shape-{by_start}",
    )
    day, share = words("curve.day"), words("curve.share")
    rows = write_points(begin, words.lang)
    edited = st.data_editor(
        pd.DataFrame(rows, columns=[day, share], dtype="str"),
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        height=ROW_HEIGHT * min(len(rows) + SPARE_ROWS, MOST_ROWS),
        column_config={
            each: st.column_config.TextColumn(each, width="medium", max_chars=20) for each in (day, share)
        },
        key=f"curve-points-{by_start}",
    )
    draft = read_points(
        name.strip(),
        shape or begin.shape,
        [(_text(row[1]), _text(row[2])) for row in records(edited)],
        known_shares(begin),
    )
    show(element("div", element("p", words("curve.table_help"), class_="quiet"), class_="xs"))
    for fault in draft.faults:
        answers.wrong(words(f"curve.fault.{fault.code}", row=fault.row, found=fault.found))
    return name.strip(), draft


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else ""


def _starts(here: Here, view: Briefing, book: Book, chosen: Choice) -> dict[str, tuple[str, Curve]]:
    """What a draft may start from: the curve followed today, a template, another indicator's curve."""
    words = here.words
    followed = book.curve(chosen.indicator, chosen.unit)
    out = {NOW: (words("curve.start.now", name=followed.name), followed)}
    for key, (curve, english) in TEMPLATES.items():
        name = curve.name if words.lang == "zh" else english
        out[f"template-{key}"] = (words("curve.start.template", name=name), curve)
    for code in view.directory.indicators["code"]:
        held = book.set_for(code)
        if held is not None and code != chosen.indicator:
            name = words(
                "curve.start.other", indicator=view.indicators.at[code, "name"], name=held.curve.name
            )
            out[f"indicator-{code}"] = (name, held.curve)
    return out


def _fields(here: Here, book: Book, chosen: Choice, key: str) -> Written:
    """From which day, for which year, by which document, why, and who writes it."""
    words, address = here.words, here.address
    first, second, third, fourth, fifth = st.columns([2, 2, 3, 4, 3])
    valid_from = first.date_input(
        words("curve.valid_from"), value=here.today, format="YYYY-MM-DD", key=f"curve-from-{key}"
    )
    years = [words("curve.every_year"), words("curve.this_year", year=address.year)]
    starred = chosen.unit is not None
    now = book.set_for(chosen.indicator, chosen.unit)
    is_of_year = starred if now is None else now.year is not None
    holds = second.selectbox(words("col.curve_year"), years, index=int(is_of_year), key=f"curve-year-{key}")
    document = third.text_input(
        words("settings.document_must" if starred else "col.document"), max_chars=120, key=f"curve-doc-{key}"
    )
    reason = fourth.text_input(
        words("settings.reason_must" if starred else "col.why"), max_chars=200, key=f"curve-why-{key}"
    )
    author = fifth.text_input(
        words("settings.author"),
        value=st.session_state.get(ACTOR, ""),
        max_chars=80,
        key=f"curve-author-{key}",
    )
    return Written(
        valid_from,
        address.year if holds == years[1] else None,
        reason.strip(),
        document.strip(),
        author.strip(),
    )


def _record(chosen: Choice, curve: Curve, written: Written) -> CurveRecord:
    return CurveRecord(
        name=curve.name,
        shape=str(curve.shape),
        points=curve.points,
        valid_from=written.valid_from,
        indicator=chosen.indicator,
        unit=chosen.unit,
        year=written.year,
        reason=written.reason or None,
        document=written.document or None,
    )


def _faults(here: Here, book: Book, chosen: Choice, name: str, draft: Draft, written: Written) -> list[str]:
    """What keeps the draft from being saved, in sentences."""
    words = here.words
    out = [words("curve.fix_points")] if draft.faults else []
    if not name:
        out.append(words("curve.name_missing"))
    if chosen.unit is not None and not (written.reason and written.document):
        out.append(words("curve.override_needs"))
    if not written.author:
        out.append(words("settings.author_missing"))
    latest = max((held.valid_from for held in book.of(chosen.indicator, chosen.unit)), default=None)
    if latest is not None and written.valid_from < latest:
        out.append(words("curve.later_version", day=f"{latest:%Y-%m-%d}"))
    return out


def _save(
    here: Here, chosen: Choice, draft: Draft, written: Written, faults: list[str], is_seen: bool
) -> None:
    """Write the draft as a new version; where it cannot be, say why and keep everything."""
    words = here.words
    if faults or draft.curve is None:
        for each in faults:
            answers.wrong(each)
        return
    if not is_seen:
        answers.wrong(words("settings.changed_since"))
        return
    record = _record(chosen, draft.curve, written)
    try:
        with write(engine(), here.scope.county) as connection:
            done = write_records(
                connection, here.scope.county, [record], recorded_at=here.now, author=written.author
            )
    except UserFacing as fault:
        answers.fault(words, fault)
        return
    if not done.new + done.corrected:
        answers.wrong(words("curve.nothing_new"))
        return
    state = st.session_state
    state[DONE] = words("curve.saved", name=record.name, day=f"{record.valid_from:%Y-%m-%d}")
    state[ACTOR], state[TURN] = written.author, state[TURN] + 1
    # Everything above was made of the moment before.
    st.rerun()


def _picture(
    here: Here, view: Briefing, book: Book, chosen: Choice, draft: Draft | None
) -> dict[str, object]:
    """The draft, the curve in force and what was done this year, over one another."""
    words, year = here.words, here.address.year
    followed = book.curve(chosen.indicator, chosen.unit)
    lines = []
    if draft is not None:
        shape = draft.curve.shape if draft.curve else followed.shape
        lines.append(picture.drafted(words("curve.draft"), picture.outline(draft.points, shape, year)))
    lines.append(
        picture.in_force(words("curve.start.now", name=followed.name), picture.outline_of(followed, year))
    )
    marks = []
    if chosen.indicator is not None:
        unit = chosen.unit or view.root
        found = figure_at(here, view, unit, chosen.indicator)
        day = view.board.data_days.get(chosen.indicator)
        if found is not None and day is not None:
            held = found.periods[found.periods["completion"].notna()]
            course = [
                (float(day_number(year, cell.data_day)), float(cell.completion))
                for cell in records(held)
                if cell.data_day <= day
            ]
            lines.append(picture.done(words("curve.course", unit=view.names[unit]), course))
            marks.append(picture.Mark(words("curve.data_day"), day_number(year, day)))
    return picture.spec(words, year, lines, marks)
