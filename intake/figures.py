"""A figure as people write it, to integers in the indicator's smallest unit.

Handled: full-width digits, thousands separators, 50余, 约470, 70%以上, 10–20, xx, 即将完成, 3.5万, 4.382亿元.
Not reported: a blank, "—", "/". A true zero is "0". Everything else is a fault, never a guess.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from intake.cells import tagged, unusable, written
from intake.names import one_width
from intake.problems import Fault, shown
from intake.words.readings import (
    ABOUT,
    AMBIGUOUS_UNIT,
    AT_LEAST,
    AT_MOST,
    DASHES,
    IN_WORDS,
    MASKED,
    MULTIPLE,
    NONE_OR_ZERO,
    NOT_REACHED,
    NOT_REPORTED,
    ONE,
    OR_LESS,
    OR_MORE,
    PART_UNIT,
    PERCENT,
    RANGE,
    REACHED,
    SAME_UNITS,
    TIMES,
    TIMES_OF_PERSONS,
)
from metrics.figures import part_scale
from metrics.vocabulary import Quality

LARGEST = 10**15


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell says. `quality` None means not reported; `notes` are warnings about the reading."""

    value: int | None
    quality: Quality | None
    high: int | None = None
    text: str | None = None
    notes: tuple[Fault, ...] = ()


NOTHING = Figure(None, None)


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit of measure taken apart, 万元 into 10 000 times 元, with the decimals its figures carry."""

    word: str
    times: int
    base: str
    scale: int


# A part of a ratio that says nothing else is counted whole.
COUNTED = Measure("", 1, "", 0)


def part_measure(name: object) -> Measure:
    """The measure of a part of a ratio, as its name says: 支出(万元,2位小数)."""
    if not isinstance(name, str):
        return COUNTED
    match = PART_UNIT.search(one_width(name))
    plain = measure_of(match.group(1) if match else "", part_scale(name))
    return Measure(name, plain.times, plain.base, plain.scale)


def measure_of(word: str, scale: int) -> Measure:
    """Take a unit of measure apart."""
    plain = one_width(word)
    match = MULTIPLE.match(plain)
    if match is None:
        return Measure(word, 1, plain, scale)
    return Measure(word, TIMES[match.group(1)], match.group(2), scale)


def parse_figure(raw: Any, measure: Measure) -> Figure | Fault:
    """Read one figure in the given measure."""
    if raw is None:
        return NOTHING
    if fault := unusable(raw):
        return fault
    tag, content = tagged(raw)
    if tag == "d":
        return Fault("date_for_number", {"found": content})
    if tag == "p":
        return _percent_cell(content, measure)
    if isinstance(content, bool):
        return Fault("not_a_number", {"found": str(content).upper()})
    if isinstance(content, int | float):
        return _plain_number(content, measure)
    return _text(str(content), measure)


def parse_milestone(raw: Any) -> Figure | Fault:
    """Whether a milestone was reached: 1, 0, or not reported."""
    if fault := unusable(raw):
        return fault
    text = one_width(written(raw)).strip().lower()
    if text in NOT_REPORTED:
        return NOTHING
    if text in REACHED or raw is True:
        return Figure(1, Quality.EXACT)
    if text in NOT_REACHED or raw is False:
        return Figure(0, Quality.EXACT)
    if IN_WORDS.search(text) and not re.search(r"\d", text):
        return _in_words(text)
    return Fault("not_a_milestone", {"found": shown(text)})


def _plain_number(content: float, measure: Measure) -> Figure | Fault:
    if content != content or content in (float("inf"), float("-inf")):
        return Fault("not_a_number", {"found": content})
    # Fifteen digits are what a sheet shows; the rest is the noise of binary fractions.
    number = Decimal(content) if isinstance(content, int) else Decimal(f"{content:.15g}")
    return _figure(number, measure, Quality.EXACT)


def _percent_cell(content: float, measure: Measure) -> Figure | Fault:
    if measure.base not in PERCENT:
        return Fault("percent_unexpected", {"found": f"{content * 100:g}%", "measure": measure.word})
    return _plain_number(float(f"{content * 100:.13g}"), measure)


def _text(found: str, measure: Measure) -> Figure | Fault:
    text = "".join(one_width(found).split()).translate(DASHES)
    if text.lower() in NOT_REPORTED:
        return NOTHING
    if text in NONE_OR_ZERO:
        return Fault("none_or_zero", {"found": text})
    if MASKED.match(text):
        return Figure(None, Quality.MASKED, text=shown(found), notes=(_note("masked", found),))
    if match := ONE.match(text):
        return _one(match, found, measure)
    if match := RANGE.match(text):
        return _range(match, found, measure)
    if IN_WORDS.search(text) and not re.search(r"\d", text):
        return _in_words(found)
    return Fault("not_a_number", {"found": shown(found)})


def _in_words(found: str) -> Figure:
    return Figure(None, Quality.QUALITATIVE, text=shown(found), notes=(_note("in_words", found),))


def _note(code: str, found: str, **facts: object) -> Fault:
    return Fault(code, {"found": shown(found), **facts}, blocking=False)


def _one(match: re.Match[str], found: str, measure: Measure) -> Figure | Fault:
    factor = _factor(match["times"] or "", match["unit"], measure, found)
    if isinstance(factor, Fault):
        return factor
    quality = _quality(match)
    as_written = quality is not Quality.EXACT or any(note.code == "unit_ambiguous" for note in factor[1])
    text = shown(found) if as_written else None
    return _figure(_decimal(match["number"]) * factor[0], measure, quality, text, factor[1])


def _quality(match: re.Match[str]) -> Quality:
    before, after = match["before"] or "", match["after"] or ""
    if before in AT_LEAST or after in OR_MORE:
        return Quality.AT_LEAST
    if before in AT_MOST or after in OR_LESS:
        return Quality.AT_MOST
    approximate = before in ABOUT or after or match["more"] or match["more2"]
    return Quality.APPROXIMATE if approximate else Quality.EXACT


def _range(match: re.Match[str], found: str, measure: Measure) -> Figure | Fault:
    unit = match["unit2"] or match["unit"]
    last = _factor(match["times2"] or "", unit, measure, found)
    first = _factor(match["times"] or match["times2"] or "", unit, measure, found)
    if isinstance(first, Fault):
        return first
    if isinstance(last, Fault):
        return last
    low = _figure(_decimal(match["low"]) * first[0], measure, Quality.RANGE, shown(found), first[1])
    high = _figure(_decimal(match["high"]) * last[0], measure, Quality.RANGE)
    if isinstance(low, Fault) or isinstance(high, Fault):
        return low if isinstance(low, Fault) else high
    if low.value is None or high.value is None or low.value >= high.value:
        return Fault("range_reversed", {"found": shown(found)})
    return Figure(low.value, Quality.RANGE, high.value, low.text, low.notes)


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _factor(times: str, unit: str, measure: Measure, found: str) -> tuple[Decimal, tuple[Fault, ...]] | Fault:
    """What a number must be multiplied by to stand in the measure, with a note when that is not 1."""
    if not times and not unit:
        return Decimal(1), ()
    if AMBIGUOUS_UNIT.search(unit) and unit != measure.base:
        if re.sub(AMBIGUOUS_UNIT, "", unit) not in (
            "",
            measure.base,
            measure.base.removesuffix(TIMES_OF_PERSONS),
        ):
            return Fault("unit_differs", {"found": shown(found), "measure": measure.word})
        note = _note("unit_ambiguous", found, measure=measure.word)
        return Decimal(TIMES[times]) / measure.times, (note,)
    if unit and not _same_unit(unit, measure.base):
        return Fault("unit_differs", {"found": shown(found), "measure": measure.word})
    if TIMES[times] == measure.times:
        return Decimal(1), ()
    factor = Decimal(TIMES[times]) / measure.times
    return factor, (_note("unit_converted", found, measure=measure.word),)


def _same_unit(unit: str, base: str) -> bool:
    return unit == base or any({unit, base} <= same for same in SAME_UNITS)


def _figure(
    number: Decimal,
    measure: Measure,
    quality: Quality,
    text: str | None = None,
    notes: tuple[Fault, ...] = (),
) -> Figure | Fault:
    """A number in the measure to an integer of its smallest unit."""
    scaled = number.scaleb(measure.scale)
    if abs(scaled) > LARGEST:
        return Fault("too_large", {"found": f"{number:f}"})
    value = int(scaled.to_integral_value(ROUND_HALF_UP))
    if value != scaled:
        facts: dict[str, object] = {"found": f"{number:f}", "scale": measure.scale, "measure": measure.word}
        if measure.scale == 0:
            return Fault("not_whole", facts)
        notes = (*notes, Fault("rounded", facts, blocking=False))
    return Figure(value, quality, text=text, notes=notes)
