"""年底预测: where the figure will stand, how sure that is, and how such forecasts did before."""

from datetime import date
from typing import Any

import pandas as pd

from briefing.figure import Figure
from briefing.forecast import BackTested, Forecast, Prospect, prospect
from briefing.prospects import of_unit
from metrics.figures import day_text, percent, points, quantity
from metrics.forecast import COUNTY, PLAN, WINDOW, Silence
from metrics.vocabulary import Kind
from ui.guard import Here
from ui.html import Markup, element
from ui.words import Words

LIGHTS: dict[str, str] = {Prospect.LIKELY: "green", Prospect.AT_RISK: "yellow", Prospect.UNLIKELY: "red"}
MARKS: dict[str, str] = {Prospect.LIKELY: "↗", Prospect.AT_RISK: "→", Prospect.UNLIKELY: "↘"}
# Fewer tries say nothing about how good a forecast is.
FEWEST_TRIES = 30


def panel(here: Here, found: Figure, held: Forecast, trials: BackTested) -> Markup:
    """The forecast of the figure's unit, or why there is none."""
    words, mine = here.words, of_unit(held, found.unit)
    title = element("h2", words("forecast.title"))
    if mine is None:
        why = held.silent.get(found.unit, Silence.NO_COURSE)
        return title + element(
            "p", words("forecast.silent", why=words(f"forecast.why.{why}")), class_="quiet"
        )
    return (
        title
        + element("p", badge(words, float(mine["chance"])), " ", _answer(words, found, mine))
        + element("p", _method(words, mine) + tried_words(words, trials), class_="quiet")
    )


def badge(words: Words, chance: float) -> Markup:
    """Mark and word of a prospect, in its colour."""
    seen = prospect(chance)
    return element("span", f"{MARKS[seen]} {words(f'forecast.{seen}')}", class_=f"s s-{LIGHTS[seen]}")


def chance_text(chance: float) -> str:
    """A probability as it may be said: nothing is certain, and nothing impossible, until it is so."""
    if chance >= 1.0:
        return "100%"
    if chance > 0.99:
        return ">99%"
    return "<1%" if chance < 0.01 else f"{chance:.0%}"


def _answer(words: Words, found: Figure, mine: Any) -> str:
    indicator = found.briefing.definitions[found.indicator]
    scale, is_level = int(indicator["scale"]), found.cells.iloc[0]["kind"] == Kind.LEVEL
    shown = {name: quantity(round(float(mine[name])), scale) for name in ("median", "low", "high")}
    return words(
        "forecast.level" if is_level else "forecast.answer",
        by=_by(words, found),
        share=percent(mine["share"]),
        share_low=percent(mine["share_low"]),
        share_high=percent(mine["share_high"]),
        measure=indicator["measure"],
        chance=chance_text(float(mine["chance"])),
        **shown,
    )


def _by(words: Words, found: Figure) -> str:
    """The year's end; the target's own deadline where its plan has all of the work done by then."""
    deadline, last = found.cells.iloc[0]["deadline"], date(found.below.frame.year, 12, 31)
    if pd.isna(deadline) or deadline >= last:
        return words("forecast.year_end")
    ends = found.periods[found.periods["data_day"] >= deadline]
    is_whole = len(ends) > 0 and round(float(ends["planned"].iloc[0]), 9) >= 1
    return day_text(deadline, words.lang) if is_whole else words("forecast.year_end")


def _method(words: Words, mine: Any) -> str:
    """The sum that the forecast is made by, with its figures: a reader can make it again."""
    weights = {"own": WINDOW, "county": f"{COUNTY:g}", "plan": f"{PLAN:g}"}
    paces = {f"{name}_pace": f"{float(mine[name]):.3f}" for name in ("own", "county")}
    key = "forecast.method_past" if mine["years"] else "forecast.method_spread"
    total = f"{WINDOW + COUNTY + PLAN:g}"
    said = words("forecast.method", **weights, **paces, total=total, pace=f"{float(mine['pace']):.3f}")
    return said + words(key, years=int(mine["years"]))


def tried_words(words: Words, trials: BackTested) -> str:
    """How such forecasts did, and whether a straight line did better."""
    found = trials.parts
    if found.tries < FEWEST_TRIES:
        return words("forecast.untried", count=found.tries)
    told = words(
        "forecast.tried",
        count=found.tries,
        coverage=percent(found.coverage),
        error=points(found.error, words.lang).lstrip("+"),
        straight=points(found.straight, words.lang).lstrip("+"),
    )
    return told + words("forecast.straight_better") if found.straight < found.error else told
