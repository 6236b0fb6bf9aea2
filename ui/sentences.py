"""The sentence on top of each page: its one question, answered from the same frame as the picture."""

import pandas as pd

from briefing.departments import department_rows
from briefing.figure import Figure
from briefing.forecast import Prospect
from briefing.lists import counts, principal
from briefing.load import Briefing
from briefing.prospects import Prospects
from briefing.ranking import flags, ranking
from briefing.rectification import ledger
from briefing.villages import Villages
from metrics.columns import records
from metrics.figures import day_text, percent
from metrics.vocabulary import LAGGING_STATES, Level, State
from metrics.words import state_word, word
from ui.cells import gap_and_late
from ui.words import Words

NAMED = 5


def _named(words: Words, names: list[str]) -> str:
    """A few names; more than a few end in 等, which never stands for a single one."""
    if len(names) <= NAMED + 1:
        return words("list.pause").join(names)
    return words("list.and_more", names=words("list.pause").join(names[:NAMED]))


def _names(briefing: Briefing, codes: list[str]) -> list[str]:
    return [str(briefing.units.at[code, "name"]) for code in codes]


def overview_sentence(words: Words, view: Briefing) -> str:
    """Which townships lag, which have not reported."""
    rows = ranking(view)
    lagging = [flag.unit for flag in flags(view)]
    silent = list(rows.loc[rows["rank"].isna(), "unit"])
    if rows.empty:
        return words("sentence.nothing")
    head = words("sentence.townships_fine", count=len(rows))
    if lagging:
        head = words(
            "sentence.townships_lag",
            count=len(rows),
            lagging=len(lagging),
            names=_named(words, _names(view, lagging)),
        )
    tail = ""
    if silent:
        tail = words(
            "sentence.townships_silent", count=len(silent), names=_named(words, _names(view, silent))
        )
    return head + tail + words("sentence.stop")


def townships_sentence(words: Words, view: Briefing) -> str:
    """First and last of the ranking, and who lags."""
    rows = ranking(view)
    ranked = rows[rows["rank"].notna()].sort_values("rank")
    if ranked.empty:
        return words("sentence.nothing")
    # Of groups that rank apart the sentence names the first of all by the figure they are ranked by.
    best = ranked[(ranked["rank"] == 1) & (ranked["rate"] == ranked["rate"].max())]
    return words(
        "sentence.ranking",
        names=_named(words, _names(view, list(best["unit"]))),
        rate=percent(best.iloc[0]["rate"]),
        low=percent(ranked["rate"].min()),
        lagging=len(flags(view)),
    )


def unit_state(words: Words, name: str, cells: pd.DataFrame) -> str:
    """How a unit's counted targets stand."""
    counted = counts(cells)
    behind = int(principal(cells)["state"].isin(LAGGING_STATES).sum())
    # Each by the word of its card: a sum of the two would be called by the name of one.
    worst = [
        words("sentence.unit_worst", state=word(state, words.lang), count=counted.by_state[state])
        for state in (State.FAR_BEHIND, State.UNFINISHED)
        if counted.by_state[state]
    ]
    parts = [words("sentence.unit", name=name, count=counted.total, behind=behind)]
    if worst:
        parts.append(words("sentence.unit_far", worst=words("list.pause").join(worst)))
    silent = counted.by_state[State.UNREPORTED]
    if silent:
        parts.append(words("sentence.unit_silent", silent=silent))
    return words("list.comma").join(parts) + words("sentence.stop")


def township_sentence(words: Words, view: Briefing, unit: str) -> str:
    """How many of a township's targets are behind."""
    name = str(view.units.at[unit, "name"])
    return unit_state(words, name, view.cells[view.cells["unit"] == unit])


def village_sentence(words: Words, view: Briefing, unit: str) -> str:
    """How many of a village's targets are behind."""
    parent = str(view.units.at[unit, "parent"])
    name = f"{view.units.at[parent, 'name']}{view.units.at[unit, 'name']}"
    return unit_state(words, name, view.cells[view.cells["unit"] == unit])


def departments_sentence(words: Words, view: Briefing) -> str:
    """Which departments lead something that lags."""
    rows = department_rows(view)
    judged, behind = rows[rows["judged"] > 0], rows[rows["lagging"] > 0]
    if judged.empty:
        return words("sentence.nothing")
    silent = len(rows) - len(judged)
    tail = words("sentence.departments_silent", count=silent) if silent else ""
    if behind.empty:
        return words("sentence.departments_fine", count=len(judged)) + tail
    head = words(
        "sentence.departments_lag",
        count=len(judged),
        behind=len(behind),
        names=_named(words, list(behind["name"])),
    )
    return head + tail


def department_sentence(words: Words, view: Briefing, code: str) -> str:
    """How the county-level figures a department leads stand."""
    departments = view.directory.departments.set_index("code")
    led = view.directory.indicators.loc[view.directory.indicators["lead"] == code, "code"]
    cells = view.cells_at(Level.COUNTY)
    return unit_state(words, str(departments.at[code, "name"]), cells[cells["indicator"].isin(led)])


def villages_sentence(words: Words, villages: Villages) -> str:
    """How many villages are flagged, and where most of them lie."""
    units = villages.county.units
    total = int((villages.county.directory.units["level"] == Level.VILLAGE).sum())
    if not villages.flags:
        return words("sentence.villages_fine", count=total)
    parents = units.loc[[flag.unit for flag in villages.flags], "parent"].value_counts()
    most = [f"{units.at[code, 'name']}{count}" for code, count in parents.head(3).items()]
    return words(
        "sentence.villages_lag",
        count=total,
        lagging=len(villages.flags),
        names=words("list.pause").join(most),
    )


def indicators_sentence(words: Words, held: Prospects) -> str:
    """How many of the county's figures will be done by the year's end."""
    counted = {"count": held.total, "done": len(held.done), "missed": len(held.missed)}
    if held.is_over:
        return words("indicators.sentence_over", **counted, silent=len(held.silent))
    likely, at_risk, unlikely = (held.count(one) for one in Prospect)
    return words(
        "indicators.sentence",
        **counted,
        likely=likely,
        at_risk=at_risk,
        unlikely=unlikely,
        silent=len(held.silent),
    )


def ledger_sentence(words: Words, view: Briefing) -> str:
    """How many items are open, due soon and overdue."""
    counted = ledger(view.issues)
    return words("sentence.ledger", open=counted.open, due_soon=counted.due_soon, overdue=counted.overdue)


def figure_sentence(words: Words, found: Figure) -> str:
    """The figure's state, gap and days behind."""
    cell = next(records(found.cells))
    units, name = found.briefing.units, found.briefing.indicators.at[found.indicator, "name"]
    head = f"{units.at[found.unit, 'name']} · {name}"
    state = state_word(cell.state, words.lang, kept=cell.kept)
    if pd.isna(cell.gap):
        return words("sentence.figure_state", head=head, state=state)
    return words(
        "sentence.figure",
        head=head,
        state=state,
        completion=percent(cell.completion),
        planned=percent(cell.planned),
        gap=gap_and_late(cell, words),
    )


def reporting_sentence(words: Words, view: Briefing) -> str:
    """How much of what is owed has been reported."""
    held = view.reporting
    owed, reported = int(held["owed"].sum()), int(held["reported"].sum())
    if not owed:
        return words("reporting.none_yet")
    return words(
        "reporting.sentence",
        count=int((held["owed"] > 0).sum()),
        owed=owed,
        reported=reported,
        rate=percent(reported / owed),
        waiting=int(held["waiting"].sum()),
    )


def snapshot_sentence(words: Words, view: Briefing) -> str:
    """Which day is frozen."""
    return words("snapshot.sentence", day=day_text(view.frame.as_of, words.lang))


def settings_sentence(words: Words, view: Briefing) -> str:
    """Which rule document is in force, and how many there are."""
    return words("settings.sentence", number=view.rules.number, count=len(view.board.rules))
