"""All indicators of the invented county in the order of its lists."""

from dataclasses import replace

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


def indicator_records() -> list[IndicatorRecord]:
    """The definitions, valid from 2025."""
    return [one.record for one in SPECS]


def curve_of() -> dict[str, str]:
    """The name of the curve of each indicator that does not follow the county's default."""
    return {one.code: one.plan.curve for one in SPECS if one.plan.curve is not None}
