"""Which figures became others between two moments or two days: both sides, and what was recorded in between."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import pandas as pd

from briefing.changes import BETTER, WORSE, Cause, Change, Difference
from briefing.load import Briefing
from metrics.figures import day_text, percent
from metrics.periods import period_end, previous
from metrics.vocabulary import Cadence, Level, SubmissionState, TargetChange
from metrics.wording import target_words
from metrics.words import word
from ui.address import moment_text, read_moment
from ui.cells import amount, cell_badge
from ui.clock import county_time
from ui.filters import form
from ui.guard import Here
from ui.html import EMPTY, Markup, element, join
from ui.tables import Column, Row, table
from ui.timed import clock_text
from ui.views import difference_between, root_of

CAUSES_SHOWN = 3
# A long target must not squeeze the name of what it is about.
WIDTHS = {"indicator": "15%", "cause": "34%"}


@dataclass(frozen=True)
class Chosen:
    """The two addresses compared, and what differs between them."""

    before: Here
    after: Here
    difference: Difference
    is_readable: bool

    @property
    def is_of_moments(self) -> bool:
        """Whether two moments of one day are compared, not two days."""
        return self.before.address.as_of == self.after.address.as_of


def chosen(here: Here, county: Briefing) -> Chosen:
    """What the address compares with: a moment (`since`), an earlier day (`day`), else the end of last month."""
    before, is_readable = _before(here)
    unit = here.address.get("u") if here.address.get("u") in county.units.index else ""
    root = root_of(here, unit)
    found = difference_between(before, here, root)
    is_village = root not in (unit, here.scope.county)
    found = found.only(unit if is_village or unit == here.scope.county else "", here.address.get("i"))
    return Chosen(before, here, found, is_readable)


def _before(here: Here) -> tuple[Here, bool]:
    """The address compared with, and whether it is the one that was asked for."""
    address = here.address
    moment, day = read_moment(address.get("since")), _day(address.get("day"))
    if moment is not None and moment < (address.known_at or here.now):
        return replace(here, address=replace(address, known_at=moment)), True
    if day is not None and day < address.as_of:
        return _on(here, day), True
    asked = address.get("since") or address.get("day")
    return _on(here, previous(Cadence.MONTH, period_end(Cadence.MONTH, address.as_of))), not asked


def _on(here: Here, day: date) -> Here:
    return replace(here, address=replace(here.address, as_of=day))


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None


def sentence(here: Here, held: Chosen) -> str:
    """How many figures changed, and how many for better or worse; or only that none did."""
    words, found, lang = here.words, held.difference, here.words.lang
    counts = {
        "count": len(found.changes),
        "restated": found.restated,
        "better": found.moved(BETTER),
        "worse": found.moved(WORSE),
        "rest": found.restated - found.moved(BETTER) - found.moved(WORSE),
    }
    none = "" if found.changes else "_none"
    before, after = held.before.address, held.after.address
    if not held.is_of_moments:
        days = {"before": day_text(before.as_of, lang), "after": day_text(after.as_of, lang)}
        return words(f"changes.sentence_days{none}", **days, **counts)
    assert before.known_at is not None, "two moments are compared"
    until = clock_text(after.known_at) if after.known_at else words("changes.until_now")
    return words(
        f"changes.sentence_moments{none}",
        day=day_text(after.as_of, lang),
        since=clock_text(before.known_at),
        until=until,
        **counts,
    )


def whole_page(here: Here, county: Briefing, held: Chosen) -> Markup:
    """The form, the list, and what else was recorded."""
    words, found = here.words, held.difference
    notes = [] if held.is_readable else [words("note.bad_since")]
    notes += [words("changes.cut")] if found.is_cut else []
    return element(
        "div",
        *(element("p", note, class_="note") for note in notes),
        _filters(here, county, held),
        listing(here, held),
        _others(here, found),
        class_="xs",
    )


def _filters(here: Here, county: Briefing, held: Chosen) -> Markup:
    words, units = here.words, county.directory.units
    anything = ("", words("filter.any"))
    owners = units[units["level"].isin((Level.COUNTY, Level.TOWNSHIP))].sort_values(["level", "sort"])
    named = list(zip(owners["code"], owners["name"], strict=True))
    unit = here.address.get("u")
    if unit in county.units.index and unit not in set(owners["code"]):
        named.append((unit, county.names[unit]))
    indicators = county.directory.indicators
    since = held.before.address.known_at if held.is_of_moments else None
    choices = {
        "u": [anything, *named],
        "i": [anything, *zip(indicators["code"], indicators["name"], strict=True)],
    }
    last = previous(Cadence.MONTH, period_end(Cadence.MONTH, here.address.as_of))
    other = element(
        "a",
        words("changes.period", day=day_text(last, words.lang)),
        href=here.address.here(since=None, day=last.isoformat()),
    )
    drawn = form(here, choices, moment=("since", moment_text(since)[:19] if since else ""), dates=("day",))
    return drawn + element("p", other, class_="noprint")


def listing(here: Here, held: Chosen) -> Markup:
    """Every changed figure with both sides and what explains it; nothing where the sentence says that none is."""
    words = here.words
    if not held.difference.changes:
        return EMPTY
    keys = (
        "unit",
        "indicator",
        "target_change",
        "amount_change",
        "completion_change",
        "before",
        "after",
        "cause",
    )
    figures = ("target_change", "amount_change", "completion_change")
    columns = [Column(words(f"col.{key}"), is_figure=key in figures, width=WIDTHS.get(key)) for key in keys]
    days = frozenset(held.difference.days_moved)
    rows = [_row(here, held, change, days) for change in held.difference.changes]
    shown = element("p", words("changes.shown", count=len(rows)), class_="quiet")
    return _days_moved(here, held.difference) + shown + table(columns, rows)


def _days_moved(here: Here, found: Difference) -> Markup:
    """The data days that moved, said once each and not in every row."""
    words = here.words
    lines = (
        words(
            "changes.days_moved",
            count=count,
            before=day_text(before, words.lang),
            after=day_text(after, words.lang),
        )
        for (before, after), count in found.days_moved.items()
    )
    return join(element("p", line) for line in lines)


def _row(here: Here, held: Chosen, change: Change, days: Collection[Any]) -> Row:
    words = here.words
    views = (held.difference.before, held.difference.after)
    view = next(each for each in reversed(views) if change.indicator in each.definitions)
    indicator, old, new = view.definitions[change.indicator], change.before, change.after

    def actual(side: Any) -> str:
        return amount(side, indicator, words)

    return Row(
        (
            view.names.get(change.unit) or views[0].names[change.unit],
            element("span", indicator["name"]) + element("span", f" {indicator['measure']}", class_="quiet"),
            _both(old, new, lambda side: target_words(side, indicator, words.lang) or "—"),
            _both(old, new, actual),
            _both(old, new, lambda side: percent(side.completion)),
            _state(held.before, change, old),
            _state(held.after, change, new) + _moved(here, change),
            _causes(here, view, change, days),
        )
    )


def _both(old: Any, new: Any, say: Any) -> str:
    """Both sides of one figure; once where they read the same."""
    before, after = ("—" if side is None else say(side) for side in (old, new))
    return str(after) if before == after else f"{before} → {after}"


def _state(here: Here, change: Change, side: Any) -> Markup:
    """The state, and the way to the figure as it was known there."""
    if side is None:
        return Markup("—")
    address = replace(here.address, params={})
    return element(
        "a", cell_badge(side, here.words), href=address.link("figure", u=change.unit, i=change.indicator)
    )


def _moved(here: Here, change: Change) -> Markup:
    return (
        element("span", f" {here.words(f'changes.moved.{change.moved}')}", class_="quiet")
        if change.moved
        else EMPTY
    )


def _causes(here: Here, view: Briefing, change: Change, days: Collection[Any]) -> Markup:
    """What explains the change, a few of them, each on a line; `days` are the data days told above the list."""
    rest = [cause for cause in change.causes if cause.kind != "data_day" or cause.row not in days]
    said = [line for cause in rest for line in _said(here, view, cause)]
    alone = "cause.data_day_above" if len(rest) < len(change.causes) else "cause.none"
    lines = said[:CAUSES_SHOWN] or [here.words(alone)]
    if len(said) > CAUSES_SHOWN:
        lines.append(here.words("cause.more", count=len(said) - CAUSES_SHOWN))
    return join((element("span", line) for line in lines), "<br>")


def _said(here: Here, view: Briefing, cause: Cause) -> Iterator[str]:
    words, row = here.words, cause.row
    if cause.kind == "data_day":
        before, after = (day_text(day, words.lang, short=True) for day in row)
        yield words("cause.data_day", before=before, after=after)
    elif cause.kind in ("report", "mark"):
        yield from _handed_in(here, cause)
    elif cause.kind == "target":
        yield words(
            "cause.target_of",
            change=word(TargetChange(row.name), words.lang),
            document=_text(row.document),
            reason=_text(row.reason, "，"),
            author=row.author,
            at=_moment(row.at),
        )
    elif cause.kind == "plan_curve":
        document = _text(row.document) + _text(row.reason, "，")
        yield words("cause.curve_of", name=row.name, document=document, author=row.author, at=_moment(row.at))
    else:
        yield words(
            f"cause.{cause.kind}",
            unit=view.names.get(row.unit, _text(row.unit)),
            name=_text(row.name),
            document=_text(row.document),
            author=_text(row.author),
            day=day_text(row.valid_from, words.lang, short=True),
            at=_moment(row.at),
        )


def _handed_in(here: Here, cause: Cause) -> Iterator[str]:
    """What a workbook brought, and what became of it."""
    words, row = here.words, cause.row
    period = day_text(row.period, words.lang, short=True)
    if row.corrected:
        yield words(
            "cause.corrected",
            period=period,
            count=row.corrected,
            reason=_reason(here, row),
            author=row.author,
            at=_moment(row.recorded_at),
        )
    if row.first:
        key = "cause.first" if cause.kind == "report" else "cause.marks"
        yield words(key, period=period, count=row.first, author=row.author, at=_moment(row.recorded_at))
    if not isinstance(row.state, str) or pd.isna(row.submission):
        return
    state = SubmissionState(row.state)
    yield words(
        f"cause.{state}",
        actor=_text(row.actor),
        number=row.submission,
        note=_text(row.note) or words("cause.reason_none"),
        at=_moment(row.at),
    )


def _reason(here: Here, row: Any) -> str:
    if not isinstance(row.reason, str):
        return here.words("cause.reason_none")
    return (
        here.words("cause.reason_more", reason=row.reason, count=row.reasons)
        if row.reasons > 1
        else row.reason
    )


def _text(value: Any, before: str = "") -> str:
    return f"{before}{value}" if isinstance(value, str) and value else ""


def _moment(at: datetime) -> str:
    return county_time(at.to_pydatetime() if isinstance(at, pd.Timestamp) else at).strftime("%Y-%m-%d %H:%M")


def _others(here: Here, found: Difference) -> Markup:
    """What was recorded besides, counted by kind."""
    if not found.others:
        return EMPTY
    parts = [here.words(f"changes.other.{kind}", count=count) for kind, count in found.others.items()]
    text = here.words("changes.others", parts=here.words("list.pause").join(parts))
    return element("p", text, class_="quiet")
