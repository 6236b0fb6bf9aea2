"""为什么: one box that shows why a cell has its colour: every figure, every threshold, every document."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

from briefing.attention import explanation_of
from briefing.load import Briefing
from metrics.curves import Shape
from metrics.figures import day_text, days_text, gap_text, part_scale, percent, quantity
from metrics.legend import rule_of
from metrics.pace import recent_pace
from metrics.reasons import BY_PERIODS
from metrics.rules import rules_in_force
from metrics.vocabulary import Accumulation, Cadence, Force, Kind, State
from metrics.wording import (
    due_words,
    is_full,
    is_share,
    is_striven,
    lacking_words,
    margin_words,
    minimum_words,
    reference_words,
    step_words,
    target_words,
)
from metrics.words import ABOUT, AT_LEAST, Lang, choose, why_text, word
from ui.cells import amount, bullet, cell_badge, gap_and_late
from ui.guard import Here
from ui.html import EMPTY, Markup, element, join
from ui.tables import facts
from ui.words import Words

# A limit is kept or not, a milestone reached or not: there is nothing in between to be ahead of or behind.
WITHOUT_COURSE = {Kind.KEEP, Kind.MILESTONE, Kind.QUALITATIVE}


def box(here: Here, briefing: Briefing, cell: Any, periods: pd.DataFrame | None = None) -> Markup:
    """The judgement of one target of one cell, from facts to colour; `periods` are those of the figure's year."""
    words = here.words
    indicator = briefing.definitions[cell.indicator]
    return element(
        "div",
        element(
            "p",
            cell_badge(cell, words),
            " ",
            _because(here, cell),
            f" {words('why.striven')}" if is_striven(cell) else "",
        ),
        element("div", bullet(cell, words), class_="bar-alone") if pd.notna(cell.completion) else EMPTY,
        element(
            "div",
            facts(_numbers(here, cell, indicator, periods)),
            facts(_documents(here, briefing, cell, indicator)),
            class_="half",
        ),
        element("p", _rule(here, briefing, cell), class_="quiet"),
        class_="box",
    )


def _rule(here: Here, briefing: Briefing, cell: Any) -> str:
    """The thresholds that decide this cell, each edge in words."""
    words = here.words
    day = cell.data_day if pd.notna(cell.data_day) else briefing.frame.as_of
    rules = rules_in_force(briefing.board.rules, day)
    unit = briefing.units.loc[cell.unit]
    text = rule_of(
        rules,
        words.lang,
        limits=rules.own.of_cell(cell.indicator, unit["level"], unit["kind"], unit["tags"]),
        kind=Kind.KEEP if pd.notna(cell.kept) else cell.kind if isinstance(cell.kind, str) else None,
        is_stepped=cell.curve_shape == Shape.STEP,
        is_whole=bool(briefing.definitions[cell.indicator]["is_whole"]) or cell.kind == Kind.CHECKLIST,
    )
    return words("why.rule", number=cell.rule_number) + text


def _because(here: Here, cell: Any) -> str:
    """The judgement in one sentence."""
    words = here.words
    by_periods = _by_periods(here, cell)
    if pd.notna(cell.gap):
        return words(
            "why.gap",
            completion=percent(cell.completion),
            planned=percent(cell.planned),
            gap=gap_and_late(cell, words),
        ) + (words("why.whole") if cell.why == "whole_thing" else by_periods)
    return by_periods or why_text(cell.why, words.lang)


def _by_periods(here: Here, cell: Any) -> str:
    """Where the periods before make it another state than that of the day: why, and which it was."""
    words = here.words
    if cell.why == "not_begun":
        return words("why.clause", why=why_text(cell.why, words.lang))
    if cell.why not in BY_PERIODS:
        return ""
    state = word(State(cell.state_of_day), words.lang)
    return words("why.by_periods", why=why_text(cell.why, words.lang), state=state)


def _numbers(
    here: Here, cell: Any, indicator: Any, periods: pd.DataFrame | None
) -> list[tuple[str, Markup | str]]:
    words, scale = here.words, int(indicator["scale"])
    is_ratio, measure = bool(indicator["is_ratio"]), str(indicator["measure"])
    out: list[tuple[str, Markup | str]] = [
        (
            words("why.actual"),
            measured(amount(cell, indicator, words), measure),
        ),
        (words("why.target"), aim(cell, indicator, words.lang, measure)),
        *_beside(cell, indicator, words),
        *(_of_those_in(here, cell, scale, measure) if pd.notna(cell.target_in) else ()),
        *(_progress(here, cell, indicator, periods) if _has_course(cell) else ()),
        (
            words("why.units_in"),
            words("why.units_in_of", reported=int(cell.units_in), owed=int(cell.units_owed)),
        ),
    ]
    if is_ratio and pd.notna(cell.numerator):
        fine = part_scale(indicator["numerator_name"])
        parts = f"{quantity(cell.numerator, fine)} / {quantity(cell.denominator, fine)}"
        out.insert(1, (words("why.parts"), parts))
    if pd.notna(cell.base):
        out.insert(2, (words("why.base"), quantity(int(cell.base), scale)))
    if cell.target_source == "children":
        out.append((words("why.target_from"), words("why.from_children")))
    if pd.notna(cell.last_amount) and pd.notna(cell.last_period):
        last = f"{quantity(int(cell.last_amount), scale)}({day_text(cell.last_period, words.lang)})"
        out.append((words("why.last"), last))
    return out


def _has_course(cell: Any) -> bool:
    """A level that was reached at the start of the year is only to be kept, as a limit is."""
    return cell.kind not in WITHOUT_COURSE and pd.isna(cell.kept)


def aim(cell: Any, indicator: Any, lang: Lang, measure: str) -> str:
    """The target with its unit of measure; sentences bring their own."""
    shown = target_words(cell, indicator, lang)
    is_sentence = isinstance(cell.measured_from, str) or pd.notna(cell.minimum) or is_full(cell, indicator)
    return shown if is_sentence else measured(shown, measure)


def _beside(cell: Any, indicator: Any, words: Words) -> list[tuple[str, Markup | str]]:
    """What is due, whom it is compared with, how far inside its limit it is, what is missing, the lowest."""
    said = {
        "why.due": due_words,
        "why.reference": reference_words,
        "why.margin": margin_words,
        "why.missing": lacking_words,
        "why.minimum": minimum_words,
    }
    found = [(words(key), say(cell, indicator, words.lang)) for key, say in said.items()]
    return [(name, text) for name, text in found if text]


def _of_those_in(here: Here, cell: Any, scale: int, measure: str) -> list[tuple[str, Markup | str]]:
    """Both sides of the comparison where some units are missing: of the units that are in."""
    names = ("actual_in", "target_in")
    held = [(name, getattr(cell, name)) for name in names if pd.notna(getattr(cell, name))]
    return [
        (here.words(f"why.{name}"), measured(quantity(int(value), scale), measure)) for name, value in held
    ]


def _progress(
    here: Here, cell: Any, indicator: Any, periods: pd.DataFrame | None
) -> list[tuple[str, Markup | str]]:
    """Where it is and should be: said of those kinds only that have a course between start and target."""
    words = here.words
    need = "" if pd.isna(cell.monthly_need) else _a_month(cell.monthly_need, indicator, words)
    out: list[tuple[str, Markup | str]] = [
        (words("why.completion"), percent(cell.completion)),
        (words("why.planned"), percent(cell.planned)),
        (words("why.gap_label"), gap_text(cell, words.lang)),
        (words("why.days"), days_text(cell.days_behind, words.lang)),
    ]
    if pd.notna(cell.days_ahead) and cell.days_ahead > 0:
        out.append((words("why.days_ahead"), days_text(cell.days_ahead, words.lang)))
    out.append((words("why.need"), need + _recent(here, cell, indicator, periods)))
    return out


def _recent(here: Here, cell: Any, indicator: Any, periods: pd.DataFrame | None) -> str:
    """What the last months brought, to set what each month needs against; nothing where it is not known."""
    pace = None if periods is None or pd.isna(cell.data_day) else recent_pace(periods, cell.data_day)
    if pace is None or pd.isna(cell.monthly_need):
        return ""
    about = choose(ABOUT, here.words.lang) if pace.approximate else ""
    least = choose(AT_LEAST, here.words.lang) if pace.at_least else ""
    shown = f"{least}{about}{_a_month(pace.mean, indicator, here.words)}"
    return here.words("why.pace", months=pace.months, mean=shown)


def _a_month(value: float, indicator: Any, words: Words) -> str:
    """A monthly quantity; of whole things with one decimal, for a third of a household is not none."""
    scale = int(indicator["scale"])
    fine = scale or 1
    rounded = int(Decimal(repr(float(value))).scaleb(fine - scale).quantize(Decimal(1), ROUND_HALF_UP))
    if is_share(indicator):
        return step_words(rounded, {**indicator, "scale": fine}, words.lang)
    return measured(quantity(rounded, fine), str(indicator["measure"]))


def measured(shown: str, measure: str) -> str:
    """A figure with its unit of measure; words, gaps and what ends with its sign take none."""
    if not shown or shown.endswith(measure) or not any(each.isdecimal() for each in shown):
        return shown
    return f"{shown} {measure}"


def _documents(here: Here, briefing: Briefing, cell: Any, indicator: Any) -> list[tuple[str, Markup | str]]:
    words, lang = here.words, here.words.lang
    names = briefing.directory.departments.set_index("code")["name"]
    return [
        (words("why.data_day"), day_text(cell.data_day, lang)),
        (
            words("why.accumulation"),
            f"{word(Accumulation(indicator['accumulation']), lang)} · {word(Cadence(indicator['cadence']), lang)}",
        ),
        (words("why.kind"), word(Kind(cell.kind), lang) if isinstance(cell.kind, str) else ""),
        (words("why.force"), word(Force(cell.force), lang) if isinstance(cell.force, str) else ""),
        (words("why.issuer"), cell.issuer if isinstance(cell.issuer, str) else ""),
        (words("why.document"), cell.document if isinstance(cell.document, str) else ""),
        (words("why.deadline"), day_text(cell.deadline, lang)),
        (words("why.curve"), cell.curve if isinstance(cell.curve, str) else ""),
        (words("why.definition"), indicator["definition"]),
        (words("why.source"), indicator["source"]),
        (words("col.lead"), names.get(indicator["lead"], "")),
    ]


def explanation(here: Here, briefing: Briefing, unit: str, indicator: str) -> Markup:
    """What the unit itself said of the figure: cause, measure, promised day, what it waits on."""
    said = explanation_of(briefing, unit, indicator)
    if said is None:
        return EMPTY
    words = here.words
    pairs = [
        (words("said.cause"), said["cause"]),
        (words("said.text"), said["text"]),
        (words("said.measure"), said["measure"]),
        (
            words("said.promised_day"),
            _promised(here, said["promised_day"]),
        ),
        (words("said.waits_on"), said["waits_on"]),
        (words("said.author"), said["author"]),
        (words("said.period"), day_text(said["period"], words.lang)),
    ]
    shown = facts([(name, value if isinstance(value, str) else "") for name, value in pairs])
    return join([element("h2", words("said.title")), element("div", shown, class_="box")])


def _promised(here: Here, day: Any) -> str:
    """The day promised, and whether it has gone by."""
    if pd.isna(day):
        return ""
    shown = day_text(day, here.words.lang)
    return here.words("said.gone_by", day=shown) if day < here.address.as_of else shown
