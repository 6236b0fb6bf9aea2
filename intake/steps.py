"""Targets that documents write as a step from something: 比上年末提高3个百分点, 较上年同期下降2个百分点以上."""

import re
from dataclasses import replace
from typing import Any

from intake.cells import written
from intake.figures import Figure, Measure, parse_figure
from intake.names import one_width
from intake.problems import Fault
from intake.words.readings import PERCENT, STEP, STEP_POINTS, STEPS_DOWN, STEPS_FROM_LAST_YEAR
from metrics.vocabulary import MeasuredFrom, Quality

_OPPOSITE = {Quality.AT_LEAST: Quality.AT_MOST, Quality.AT_MOST: Quality.AT_LEAST}


def parse_step(raw: Any, measure: Measure) -> tuple[MeasuredFrom, Figure] | Fault | None:
    """The step a cell describes in words and what it is counted from; None where it describes none.

    A step down is negative, and 下降2个百分点以上 asks at most that. A percentage grown by per cent says two
    things at once and is refused.
    """
    text = "".join(one_width(written(raw)).split()) if isinstance(raw, str) else ""
    match = STEP.match(text)
    if match is None:
        return None
    start = MeasuredFrom.LAST_YEAR if STEPS_FROM_LAST_YEAR.search(text) else MeasuredFrom.BASE
    amount, is_share = match["amount"], measure.base in PERCENT
    in_points = STEP_POINTS.search(amount) is not None
    if is_share != in_points:
        return Fault("step_unclear", {"found": text, "measure": measure.word})
    figure = parse_figure(re.sub(STEP_POINTS, "", amount), measure)
    if isinstance(figure, Fault) or figure.value is None:
        return figure if isinstance(figure, Fault) else Fault("not_a_number", {"found": text})
    return start, replace(_down(figure) if match["way"] in STEPS_DOWN else figure, text=text)


def _down(figure: Figure) -> Figure:
    assert figure.value is not None and figure.quality is not None
    # Of a range the low end counts (metrics.md 1): 降低2-3个百分点 asks for two at least.
    quality = Quality.AT_MOST if figure.high is not None else figure.quality
    return replace(figure, value=-figure.value, high=None, quality=_OPPOSITE.get(figure.quality, quality))
