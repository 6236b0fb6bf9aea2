"""The closed vocabularies that facts, targets and judgements are written in.

The values are what the database stores; the words people read are in `metrics.words`.
"""

from enum import StrEnum


class Level(StrEnum):
    """Level of a unit in the tree, from the largest to the smallest."""

    NATION = "nation"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


class Kind(StrEnum):
    """How a target is judged (metrics.md 1). It belongs to the target, not to the indicator."""

    ACCUMULATE = "accumulate"
    LEVEL = "level"
    KEEP = "keep"
    MILESTONE = "milestone"
    CHECKLIST = "checklist"
    DUTY = "duty"
    QUALITATIVE = "qualitative"


# Facts of a day, not of a period: they have a value on any day, and the newest one up to it counts.
OF_A_DAY = (Kind.MILESTONE, Kind.CHECKLIST)


class Comparator(StrEnum):
    """How the actual value must stand to the target; strict and non-strict differ."""

    AT_LEAST = ">="
    MORE_THAN = ">"
    AT_MOST = "<="
    LESS_THAN = "<"
    RANGE = "range"
    ABOUT = "about"


class MeasuredFrom(StrEnum):
    """What a target is counted from; a target that names none is a value as it stands (metrics.md 1)."""

    BASE = "base"
    LAST_YEAR = "last_year"
    COUNTY = "county"
    OUTSIDE = "outside"


# Values of others on the same day, above or below which a unit shall stay.
COMPARED = (MeasuredFrom.LAST_YEAR, MeasuredFrom.COUNTY, MeasuredFrom.OUTSIDE)


class Accumulation(StrEnum):
    """What one reported figure covers; fixed per indicator and printed with it."""

    INCREMENT = "increment"
    YEAR_TO_DATE = "year_to_date"
    CUMULATIVE = "cumulative"
    LATEST = "latest"


class Cadence(StrEnum):
    """How often a figure is owed. The value names the length of one period."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class Quality(StrEnum):
    """How exactly a person wrote a value."""

    EXACT = "exact"
    APPROXIMATE = "approximate"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    RANGE = "range"
    MASKED = "masked"
    QUALITATIVE = "qualitative"


class Layer(StrEnum):
    """Whose figure it is: what the unit reported, or what a check found."""

    REPORTED = "reported"
    VERIFIED = "verified"


class Force(StrEnum):
    """How binding a target is: 确保 or 力争."""

    MUST = "must"
    STRIVE = "strive"


class TargetChange(StrEnum):
    """What a later version of a target is: first set, raised from a day, lowered, or an error mended."""

    SET = "set"
    RAISE = "raise"
    LOWER = "lower"
    CORRECT = "correct"


class State(StrEnum):
    """The one state of a judged cell (metrics.md 2)."""

    NO_TASK = "no_task"
    NO_TARGET = "no_target"
    NO_RULE = "no_rule"
    NO_BASE = "no_base"
    UNQUANTIFIED = "unquantified"
    NOT_DUE = "not_due"
    AWAITING = "awaiting"
    NOT_YET_REPORTED = "not_yet_reported"
    UNREPORTED = "unreported"
    UNFINISHED = "unfinished"
    FAR_BEHIND = "far_behind"
    BEHIND = "behind"
    SLIGHTLY_BEHIND = "slightly_behind"
    ON_PLAN = "on_plan"
    DONE = "done"


JUDGED_STATES = (
    State.DONE,
    State.ON_PLAN,
    State.SLIGHTLY_BEHIND,
    State.BEHIND,
    State.FAR_BEHIND,
    State.UNFINISHED,
)
REPORTING_STATES = (State.UNREPORTED, State.AWAITING, State.NOT_YET_REPORTED)
LAGGING_STATES = (State.BEHIND, State.FAR_BEHIND, State.UNFINISHED)


class Light(StrEnum):
    """The colour a state is repeated in; shape and word always stand with it."""

    GREEN = "green"
    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"


LIGHT_OF = {
    State.DONE: Light.GREEN,
    State.ON_PLAN: Light.GREEN,
    State.SLIGHTLY_BEHIND: Light.BLUE,
    State.BEHIND: Light.YELLOW,
    State.FAR_BEHIND: Light.RED,
    State.UNFINISHED: Light.RED,
}


class SubmissionState(StrEnum):
    """Where a submitted workbook stands."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class IssueState(StrEnum):
    """Where a rectification item stands (metrics.md 8)."""

    ASSIGNED = "assigned"
    WORKING = "working"
    VERIFYING = "verifying"
    CLOSED = "closed"
    RETURNED = "returned"
    DEFERRED = "deferred"
    WITHDRAWN = "withdrawn"


OPEN_ISSUE_STATES = (
    IssueState.ASSIGNED,
    IssueState.WORKING,
    IssueState.VERIFYING,
    IssueState.RETURNED,
    IssueState.DEFERRED,
)


class Clock(StrEnum):
    """How an open item stands to its deadline."""

    IN_TIME = "in_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"


class Step(StrEnum):
    """What can be done with a notice (`metrics.notice_steps`)."""

    DRAFTED = "drafted"
    EDITED = "edited"
    CHECKED = "checked"
    RETURNED = "returned"
    ASKED = "asked"
    ANSWERED = "answered"
    SETTLED = "settled"
    ISSUED = "issued"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


class NoticeState(StrEnum):
    """Where a notice stands."""

    DRAFT = "draft"
    CHECKED = "checked"
    HEARING = "hearing"
    ISSUED = "issued"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
