"""How an indicator of the invented county is described: its definition, its plan and how its year unfolds."""

from dataclasses import dataclass, replace
from enum import StrEnum

from data_access.records import IndicatorRecord
from metrics.vocabulary import Accumulation, Cadence, Comparator, Force, Kind, Level

from .places import BEGIN, Land, Place

YEARS = (2025, 2026)
PERCENT = 100  # one per cent in the smallest unit of a percentage with two decimals
_DUE = {Cadence.MONTH: 5, Cadence.QUARTER: 10, Cadence.HALF_YEAR: 10, Cadence.YEAR: 15}


class Manner(StrEnum):
    """How the figures of a year come about."""

    WORK = "work"
    BATCH = "batch"
    STOCK = "stock"
    SHARE = "share"
    RATE = "rate"
    ZERO = "zero"
    MILESTONE = "milestone"
    CHECKLIST = "checklist"
    WORDS = "words"
    TIMES = "times"


@dataclass(frozen=True)
class Plan:
    """What is asked of the county and of whom; quantities in the indicator's smallest unit.

    `totals` are the county's annual quantities of 2025 and 2026. `base`, `goals` and `spread` are for
    levels and bounds: the county's standing before 2025, where 2025 and 2026 shall end, and how far
    townships differ at the start. `part` is the share of places that have the task at all.
    """

    manner: Manner
    totals: tuple[int, int] = (0, 0)
    share_by: str = ""
    down_to: Level = Level.TOWNSHIP
    curve: str | None = None
    comparator: Comparator = Comparator.AT_LEAST
    force: Force = Force.MUST
    base: int = 0
    goals: tuple[int, int] = (0, 0)
    spread: int = 0
    rural: bool = False
    tag: str | None = None
    townships: tuple[str, ...] = ()
    part: float = 1.0
    quantum: int = 1
    deadline: tuple[int, int] = (12, 31)
    years: tuple[int, ...] = YEARS
    high: tuple[int, int] | None = None
    text: str | None = None


@dataclass(frozen=True)
class Spec:
    """One indicator: what is printed about it, and what the invented county does with it."""

    record: IndicatorRecord
    plan: Plan

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.record.code


@dataclass(frozen=True)
class Ask:
    """How figures are asked for: precision, kind, what one figure covers, how often and of whom.

    `parts` names the numerator and the denominator of a ratio, `highest` bounds what is plausible.
    """

    scale: int = 0
    kind: Kind = Kind.ACCUMULATE
    lower: bool = False
    counts: Accumulation = Accumulation.YEAR_TO_DATE
    cadence: Cadence = Cadence.MONTH
    level: Level = Level.TOWNSHIP
    key: bool = False
    whole: bool = False
    parts: tuple[str, str] | None = None
    is_ratio: bool = False
    highest: int | None = None
    items: tuple[tuple[str, str], ...] = ()
    pair: str | None = None


def spec(
    code: str,
    name: str,
    short: str,
    field: str,
    measure: str,
    lead: str,
    plan: Plan,
    definition: str,
    source: str,
    *,
    ask: Ask,
    shared: str = "",
) -> Spec:
    """An indicator as the tables write it; `shared` lists departments, parted by blanks."""
    is_ratio = ask.is_ratio or ask.parts is not None
    record = IndicatorRecord(
        code=code,
        name=name,
        short_name=short,
        field=field,
        measure=measure,
        scale=ask.scale,
        kind=ask.kind,
        lower_is_better=ask.lower,
        accumulation=ask.counts,
        cadence=ask.cadence,
        due_day=_DUE[ask.cadence],
        level_reported=ask.level,
        is_key=ask.key,
        is_whole=ask.whole,
        is_ratio=is_ratio,
        definition=definition,
        source=source,
        sort=0,
        valid_from=BEGIN,
    )
    return Spec(_completed(record, ask, plan, lead, tuple(shared.split())), plan)


def _completed(
    record: IndicatorRecord, ask: Ask, plan: Plan, lead: str, shared: tuple[str, ...]
) -> IndicatorRecord:
    numerator, denominator = ask.parts or (None, None)
    return replace(
        record,
        lead=lead,
        shared=shared,
        numerator_name=numerator,
        denominator_name=denominator,
        scope_tag=plan.tag,
        pair=ask.pair,
        lowest=0,
        highest=100 * PERCENT if record.is_ratio else ask.highest,
        items=ask.items,
    )


def has_task(one: Spec, country: Land, place: Place) -> bool:
    """Whether a place can have the task at all, by its kind, its tag and its township."""
    plan = one.plan
    if place.level is Level.COUNTY:
        return True
    if place.level is Level.TOWNSHIP:
        below = country.below(place.code)
        by_name = not plan.townships or place.name in plan.townships
        return by_name and (plan.tag is None or any(has_task(one, country, village) for village in below))
    township = country.by_code[place.parent or ""]
    if plan.townships and township.name not in plan.townships:
        return False
    return (not plan.rural or place.is_rural) and (plan.tag is None or plan.tag in place.tags)
