"""All indicators of the invented county in the order of its lists."""

from dataclasses import replace
from datetime import date

from data_access.records import IndicatorRecord

from .indicators_care import CARE
from .indicators_industry import INDUSTRY
from .indicators_safety import SAFETY
from .indicators_village import VILLAGE_WORK
from .measures import Spec

SPECS: tuple[Spec, ...] = tuple(
    Spec(replace(one.record, sort=order), one.plan)
    for order, one in enumerate((*SAFETY, *CARE, *INDUSTRY, *VILLAGE_WORK), start=1)
)
BY_CODE: dict[str, Spec] = {one.code: one for one in SPECS}


def definitions(year: int) -> list[IndicatorRecord]:
    """The definitions entered for a year, with the documents of that year as their source."""
    return [
        replace(one.record, source=dated(one.record.source, year), valid_from=date(year, 1, 1))
        for one in SPECS
        if year in one.plan.years
    ]


def dated(source: str, year: int) -> str:
    """The source of an indicator as the documents of a year name it; a plan over two years stays."""
    return source if "两年行动" in source else source.replace("2026", str(year))


def curve_of(first_year: int) -> dict[str, str]:
    """The curve of each indicator that begins in a year and does not follow the county's default."""
    return {
        one.code: one.plan.curve
        for one in SPECS
        if one.plan.curve is not None and one.plan.years[0] == first_year
    }
