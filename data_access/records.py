"""What may be written: one frozen record per kind of fact or document, before it has a key of its own.

Everything that writes (intake, demo, the pages of a later day) hands these to `data_access.writes`.
Quantities are integers in the indicator's smallest unit, days are county days, moments are aware.
"""

from dataclasses import dataclass
from datetime import date, datetime

from metrics.vocabulary import (
    Accumulation,
    Cadence,
    Comparator,
    Force,
    IssueState,
    Kind,
    Layer,
    Level,
    MeasuredFrom,
    Quality,
    TargetChange,
)


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """A unit as it stands from a day on; a new name, kind or parent is a new record."""

    code: str
    level: Level
    parent: str | None
    name: str
    kind: str
    sort: int
    valid_from: date
    tags: tuple[str, ...] = ()
    households: int | None = None
    persons: int | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class DepartmentRecord:
    """A department of the county and the other names it is written by."""

    code: str
    name: str
    short_name: str
    sort: int
    aliases: tuple[str, ...] = ()
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person in charge: name, post, telephone and where they belong."""

    code: str
    name: str
    post: str
    phone: str | None = None
    unit: str | None = None
    department: str | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class DutyRecord:
    """Who answers for a unit, a department or an indicator, from which day."""

    person: str
    role: str
    valid_from: date
    unit: str | None = None
    department: str | None = None
    indicator: str | None = None
    valid_to: date | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorRecord:
    """The definition of an indicator from a day on. `lowest` and `highest` bound what is plausible."""

    code: str
    name: str
    short_name: str
    field: str
    measure: str
    scale: int
    kind: Kind
    lower_is_better: bool
    accumulation: Accumulation
    cadence: Cadence
    due_day: int
    level_reported: Level
    is_key: bool
    is_whole: bool
    is_ratio: bool
    definition: str
    source: str
    sort: int
    valid_from: date
    lead: str | None = None
    shared: tuple[str, ...] = ()
    numerator_name: str | None = None
    denominator_name: str | None = None
    scope_tag: str | None = None
    pair: str | None = None
    lowest: int | None = None
    highest: int | None = None
    items: tuple[tuple[str, str], ...] = ()
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class TargetRecord:
    """One issuer's annual target for one unit and indicator, from a day on.

    Where `measured_from` names something, `low` and `high` are steps from that; `reference` names the
    outside figure. `minimum` is what the lowest of the units below must reach beside the mean.
    """

    indicator: str
    unit: str
    year: int
    issuer: str
    is_breakdown: bool
    kind: Kind
    comparator: Comparator
    low: int | None
    deadline: date
    valid_from: date
    high: int | None = None
    base: int | None = None
    measured_from: MeasuredFrom | None = None
    reference: str | None = None
    minimum: int | None = None
    no_task: bool = False
    force: Force = Force.MUST
    principal: bool | None = None
    change: TargetChange = TargetChange.SET
    text: str | None = None
    document: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class OutsideFigureRecord:
    """A figure that somebody else published, such as the province's mean; it speaks for `valid_from`."""

    indicator: str
    name: str
    value: int
    source: str
    valid_from: date
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class CurveRecord:
    """A plan curve: control points (day, share), for all, an indicator, or one unit of an indicator.

    Points are ("MM-DD", share) and hold for every year, or ("YYYY-MM-DD", share) for one.
    """

    name: str
    shape: str
    points: tuple[tuple[str, float], ...]
    valid_from: date
    indicator: str | None = None
    unit: str | None = None
    year: int | None = None
    reason: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """A rule document: its number, title and content (see `metrics.rules`)."""

    number: str
    title: str
    content: dict[str, object]
    valid_from: date


@dataclass(frozen=True, slots=True)
class WorkdayRecord:
    """A day that is not what its weekday says: a holiday, or a make-up work day."""

    day: date
    is_work: bool
    note: str


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """One reported figure. `reason` is compulsory when it corrects an earlier one."""

    indicator: str
    unit: str
    township: str
    period: date
    value: int | None
    quality: Quality = Quality.EXACT
    high: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    text: str | None = None
    doubt: str | None = None
    reason: str | None = None
    place: str | None = None
    layer: Layer = Layer.REPORTED


@dataclass(frozen=True, slots=True)
class ExplanationRecord:
    """Why a figure is behind its plan, in the unit's own words, and what it waits on."""

    indicator: str
    unit: str
    period: date
    cause: str | None = None
    text: str | None = None
    measure: str | None = None
    promised_day: date | None = None
    waits_on: str | None = None


@dataclass(frozen=True, slots=True)
class ChecklistMarkRecord:
    """Whether a village meets one item of a checklist, found on a day."""

    indicator: str
    unit: str
    item: str
    day: date
    met: bool
    note: str | None = None


@dataclass(frozen=True, slots=True)
class IssueRecord:
    """A rectification item as it was opened; all that follows is events."""

    number: str
    unit: str
    source: str
    problem_class: str
    title: str
    detail: str
    opened_on: date
    first_deadline: date
    department: str | None = None
    indicator: str | None = None
    responsible: str | None = None


@dataclass(frozen=True, slots=True)
class IssueEventRecord:
    """One move of an item: state reached, by whom, on which day, with what evidence."""

    number: str
    state: IssueState
    day: date
    actor: str
    actor_unit: str | None = None
    deadline: date | None = None
    review_day: date | None = None
    round: int = 1
    note: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class SubmissionRecord:
    """A workbook handed in: which unit and period it speaks for, its file and the hash of its content."""

    unit: str
    form: str
    period: date | None
    file_name: str
    file_hash: str
    content_hash: str
    submitted_by: str
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class SettingRecord:
    """One of the county's own choices, by name."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class AgendaRecord:
    """A version of a meeting's agenda: its name and content (see `briefing.agenda`).

    `follows` is the number of the version it was made from, 0 for a new agenda.
    """

    code: str
    name: str
    content: dict[str, object]
    follows: int
    withdrawn: bool = False
