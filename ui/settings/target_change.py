"""A target raised, lowered or mended in mid-year: what it would do is shown first, then it is a new version."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from briefing.aims import Chains, Version, changed
from briefing.courses import periods_of
from briefing.load import Briefing
from briefing.trials import Drafts, tried
from data_access.engine import read, write
from data_access.errors import UserFacing
from data_access.records import TargetRecord
from data_access.writes import write_records
from intake.figures import Measure, measure_of, parse_figure
from intake.problems import Fault
from metrics.columns import records
from metrics.figures import DASH, day_text, gap_text, percent, quantity
from metrics.target_changes import CHANGEABLE, CHANGES, change_faults, superseded
from metrics.vocabulary import Level, Quality, TargetChange
from metrics.wording import issued_words
from metrics.words import word
from ui import answers
from ui.cells import badge
from ui.database import engine
from ui.guard import Here
from ui.html import Markup, element, join, show
from ui.settings import division
from ui.tables import Column, Row, table
from ui.views import unit_view
from ui.words import Words

# In the session: what was saved last, by whom, how often, and what the last preview was of.
DONE, ACTOR, TURN, SHOWN = "aim_done", "curve_actor", "aim_turn", "aim_shown"


@dataclass(frozen=True)
class Written:
    """What stands in the fields."""

    change: TargetChange
    text: str
    text_high: str
    valid_from: date
    document: str
    reason: str
    author: str


def draw(here: Here, view: Briefing, code: str, chains: Chains) -> None:
    """The form for the unit that the address names, with what the change would do."""
    words, state = here.words, st.session_state
    unit = here.address.get("u")
    show(element("div", element("h2", words("aims.change_title")), class_="xs"))
    if DONE in state:
        answers.done(state.pop(DONE))
    mine = {issuer: chain for (of, issuer), chain in chains.items() if of == unit}
    refusal = _refusal(here, view, unit, mine)
    if refusal:
        show(element("div", element("p", words(refusal), class_="note"), class_="xs"))
        return
    key = f"{code}-{unit}-{state.setdefault(TURN, 0)}"
    issuer = next(iter(mine))
    if len(mine) > 1:
        issuer = st.selectbox(words("aims.issuer"), list(mine), key=f"aim-issuer-{key}") or issuer
    chain = mine[issuer]
    written = _fields(here, view, code, chain, f"{key}-{issuer}")
    record, faults = _read(here, view, code, chain, written)
    if record is not None:
        show(element("div", _effect(here, view, code, unit, chain, record), class_="xs"))
    elif written.text or written.text_high:
        for each in faults:
            answers.wrong(each)
    # The papers behind it change no figure.
    shown = None if record is None else replace(record, document=None, reason=None)
    is_seen = answers.previewed(SHOWN, shown)
    if st.button(words("aims.save"), type="primary", key=f"aim-save-{key}"):
        _save(here, view, record, written, is_seen)


def _refusal(here: Here, view: Briefing, unit: str, mine: dict[str, tuple[Version, ...]]) -> str:
    """Why there is no form, as the key of its sentence; empty where there is one."""
    if here.address.known_at is not None:
        return "settings.past"
    if unit not in view.units.index:
        return "aims.choose_unit"
    if not mine:
        return "aims.not_set"
    last = next(iter(mine.values()))[-1].record
    return "" if last.kind in CHANGEABLE and not last.no_task else "aims.not_an_amount"


def _fields(here: Here, view: Briefing, code: str, chain: tuple[Version, ...], key: str) -> Written:
    words = here.words
    indicator, last = view.definitions[code], chain[-1].record
    first, second, third = st.columns([3, 2, 2])
    change = first.radio(
        words("col.change"),
        CHANGES,
        format_func=lambda one: words(
            "aims.choice", change=word(one, words.lang), says=words(f"aims.says.{one}")
        ),
        key=f"aim-change-{key}",
    )
    scale, is_range = int(indicator["scale"]), last.high is not None
    text = second.text_input(
        _asked_for(words, indicator, last),
        max_chars=30,
        key=f"aim-low-{key}",
    )
    text_high = (
        second.text_input(
            words("aims.new_high", measure=indicator["measure"], now=quantity(last.high, scale)),
            max_chars=30,
            key=f"aim-high-{key}",
        )
        if is_range
        else ""
    )
    valid_from = third.date_input(
        words("curve.valid_from"), value=_first_day(here, chain), format="YYYY-MM-DD", key=f"aim-from-{key}"
    )
    fourth, fifth, sixth = st.columns([2, 3, 2])
    document = fourth.text_input(words("settings.document_must"), max_chars=120, key=f"aim-doc-{key}")
    reason = fifth.text_input(words("settings.reason_must"), max_chars=200, key=f"aim-why-{key}")
    author = sixth.text_input(
        words("settings.author"),
        value=st.session_state.get(ACTOR, ""),
        max_chars=80,
        key=f"aim-author-{key}",
    )
    return Written(
        change,
        text.strip(),
        text_high.strip(),
        valid_from,
        document.strip(),
        reason.strip(),
        author.strip(),
    )


def _asked_for(words: Words, indicator: Mapping[str, Any], held: TargetRecord) -> str:
    """What the field of the amount asks for: a step, the low end of a range, or the amount itself."""
    kind = "step" if held.measured_from is not None else "low" if held.high is not None else "amount"
    return words(f"aims.new_{kind}", measure=indicator["measure"], now=_now(words, indicator, held))


def _now(words: Words, indicator: Mapping[str, Any], held: TargetRecord) -> str:
    """The target in force; of a relative one the whole sentence, because its figure is a step from another."""
    if held.low is None:
        return DASH
    if held.measured_from is not None:
        return issued_words(held, indicator, words.lang)
    return quantity(held.low, int(indicator["scale"]))


def _first_day(here: Here, chain: tuple[Version, ...]) -> date:
    """Today, or the last day of the year in view where that is over."""
    last = date(here.address.year, 12, 31)
    return max(min(here.today, last), chain[-1].record.valid_from)


def _read(
    here: Here, view: Briefing, code: str, chain: tuple[Version, ...], written: Written
) -> tuple[TargetRecord | None, list[str]]:
    """The version written, or why there is none, in sentences."""
    words = here.words
    indicator = view.definitions[code]
    measure = measure_of(str(indicator["measure"]), int(indicator["scale"]))
    (low, wrong_low), (high, wrong_high) = (
        _amount(words, text, measure) for text in (written.text, written.text_high)
    )
    if wrong_low or wrong_high:
        return None, [each for each in (wrong_low, wrong_high) if each]
    if low is None and high is not None:
        # The lower end of a range may stay while the upper one moves.
        low = chain[-1].record.low
    before = superseded([each.asked for each in chain], written.change, written.valid_from)
    codes = change_faults(before, written.change, low, written.valid_from, here.address.year, high)
    said = {
        "now": _now(words, indicator, replace(chain[-1].record, low=before.low)),
        "day": day_text(before.valid_from, words.lang, short=True),
        "year": here.address.year,
        "deadline": day_text(chain[-1].record.deadline, words.lang),
    }
    if codes:
        return None, [words(f"aims.fault.{each}", **said) for each in codes]
    record = changed(
        chain[-1],
        written.change,
        low,
        high=high,
        day=written.valid_from,
        document=written.document,
        reason=written.reason,
    )
    return record, []


def _amount(words: Words, text: str, measure: Measure) -> tuple[int | None, str]:
    """What a field of an amount says, or what is wrong with it; neither of an empty one."""
    figure = parse_figure(text or None, measure)
    if isinstance(figure, Fault):
        code = "not_whole" if figure.code == "not_whole" else "not_a_figure"
        return None, words(f"aims.fault.{code}", found=text)
    if text and figure.quality is not Quality.EXACT:
        return None, words("aims.fault.not_a_figure", found=text)
    return figure.value, ""


def _effect(
    here: Here, view: Briefing, code: str, unit: str, chain: tuple[Version, ...], record: TargetRecord
) -> Markup:
    """The cell of the day in view before and after, and the plan of every period of the year."""
    words = here.words
    briefing = _where(here, view, unit)
    drafts = Drafts(here.now, targets=(record,))
    before = _cell(briefing.cells, unit, code, record.issuer)
    with read(engine()) as connection:
        after = _cell(tried(connection, briefing, drafts), unit, code, record.issuer)
        was = periods_of(connection, briefing, unit, code)
        will = periods_of(connection, briefing, unit, code, drafts)
    day = view.board.data_days.get(code)
    told = words("aims.keeps", day=day_text(record.valid_from, words.lang))
    if day is not None and day < record.valid_from:
        told += words("aims.later", day=day_text(day, words.lang))
    if pd.notna(after.target_in):
        told += words("aims.on_those_in")
    scale = int(view.definitions[code]["scale"])
    parts = [
        element("h2", words("aims.effect_title", day=day_text(day, words.lang))),
        _cells(here, scale, before, after),
        element("p", told),
    ]
    if len(was):
        parts.append(_plans(here, scale, was, will, record.valid_from))
    parts.append(division.effect(here, view, record))
    return join(parts)


def _cell(cells: pd.DataFrame, unit: str, code: str, issuer: str) -> Any:
    """The judged row of one issuer's target, else the unit's principal one."""
    held = cells[(cells["unit"] == unit) & (cells["indicator"] == code)]
    own = held[held["issuer"] == issuer]
    return next(records(own if len(own) else held[held["is_principal"]]))


def _cells(here: Here, scale: int, before: Any, after: Any) -> Markup:
    words = here.words
    rows = [
        Row(
            (
                words(f"aims.{which}"),
                quantity(cell.target, scale),
                quantity(cell.actual, scale),
                percent(cell.completion),
                percent(cell.planned),
                gap_text(cell, bare=True),
                badge(cell.state, words),
            )
        )
        for which, cell in (("before", before), ("after", after))
    ]
    keys = ("target", "actual", "completion", "planned", "gap")
    columns = [Column(words("col.which"))]
    columns += [Column(words(f"col.{key}"), is_figure=True) for key in keys]
    return table([*columns, Column(words("col.state"))], rows)


def _plans(here: Here, scale: int, was: pd.DataFrame, will: pd.DataFrame, start: date) -> Markup:
    """Target and planned share of every period, before and after; what is before the day stays."""
    words = here.words
    ends = list(was["data_day"])
    titles = [Column(words("aims.period"))]
    titles += [Column(f"{end.month}{words('chart.month')}", is_figure=True) for end in ends]
    rows = []
    for key, held in (("before", was), ("after", will)):
        cells = list(records(held))
        rows.append(Row((words(f"aims.target_{key}"), *(quantity(cell.target, scale) for cell in cells))))
        rows.append(
            Row(
                (
                    words(f"aims.planned_{key}"),
                    *(
                        element("b", percent(cell.planned))
                        if key == "after" and cell.data_day >= start
                        else percent(cell.planned)
                        for cell in cells
                    ),
                )
            )
        )
    return table(titles, [rows[0], rows[2], rows[1], rows[3]])


def _save(here: Here, view: Briefing, record: TargetRecord | None, written: Written, is_seen: bool) -> None:
    """Write the change as a new version; where it cannot be, say why and keep everything."""
    words = here.words
    if record is None:
        # What was written and is wrong has been said above already.
        if not (written.text or written.text_high):
            answers.wrong(words("aims.fault.no_amount"))
        return
    missing = [
        words(key)
        for key, value in (
            ("aims.fault.document", written.document),
            ("aims.fault.reason", written.reason),
            ("settings.author_missing", written.author),
        )
        if not value
    ]
    if missing:
        for each in missing:
            answers.wrong(each)
        return
    if not is_seen:
        answers.wrong(words("settings.changed_since"))
        return
    try:
        with write(engine(), here.scope.county) as connection:
            write_records(
                connection, here.scope.county, [record], recorded_at=here.now, author=written.author
            )
    except UserFacing as fault:
        answers.fault(words, fault)
        return
    state = st.session_state
    state[DONE] = words(
        "aims.saved",
        unit=view.names[record.unit],
        change=word(record.change, words.lang),
        day=day_text(record.valid_from, words.lang),
    )
    state[ACTOR], state[TURN] = written.author, state[TURN] + 1
    # Everything above was made of the moment before.
    st.rerun()


def _where(here: Here, view: Briefing, unit: str) -> Briefing:
    """The briefing whose root is the unit, or a village's township: it judges the unit on every period."""
    level = view.units.at[unit, "level"]
    if level == Level.COUNTY:
        return view
    return unit_view(here, unit if level == Level.TOWNSHIP else str(view.units.at[unit, "parent"]))
