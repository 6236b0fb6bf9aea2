"""年底预测: where the figure will stand, how sure that is, and how such forecasts did before."""

from typing import Any

from briefing.figure import Figure
from briefing.forecast import BackTested, Forecast, Prospect, prospect
from briefing.prospects import of_unit
from metrics.figures import percent, points, quantity
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
        + element("p", _method(words, held) + _tried(words, trials), class_="quiet")
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
        share=percent(mine["share"]),
        share_low=percent(mine["share_low"]),
        share_high=percent(mine["share_high"]),
        measure=indicator["measure"],
        chance=chance_text(float(mine["chance"])),
        **shown,
    )


def _method(words: Words, held: Forecast) -> str:
    weights = {"own": WINDOW, "county": f"{COUNTY:g}", "plan": f"{PLAN:g}"}
    key = "forecast.method_past" if held.years else "forecast.method_spread"
    return words("forecast.method", **weights) + words(key, years=held.years)


def _tried(words: Words, trials: BackTested) -> str:
    found = trials.parts
    if found.tries < FEWEST_TRIES:
        return words("forecast.untried", count=found.tries)
    return words(
        "forecast.tried",
        count=found.tries,
        coverage=percent(found.coverage),
        error=points(found.error, words.lang).lstrip("+"),
        straight=points(found.straight, words.lang).lstrip("+"),
    )
