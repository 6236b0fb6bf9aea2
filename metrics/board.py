"""The board: everything the judgement needs to know, as frames read once for one view.

The database room fills it, `metrics.judge` reads it. Days are `datetime.date`, moments are aware
`datetime` in UTC, quantities are integers in the indicator's smallest unit (nullable `Int64`).
"""

from dataclasses import dataclass, field
from datetime import date, datetime

import pandas as pd

UNIT_COLUMNS = ("code", "level", "parent", "township", "name", "kind", "sort", "tags")
INDICATOR_COLUMNS = (
    "code",
    "name",
    "short_name",
    "field",
    "measure",
    "scale",
    "kind",
    "lower_is_better",
    "accumulation",
    "cadence",
    "due_day",
    "level_reported",
    "is_key",
    "is_whole",
    "is_ratio",
    "numerator_name",
    "denominator_name",
    "scope_tag",
    "definition",
    "source",
    "sort",
    "lead",
    "pair",
)
SUM_COLUMNS = (
    "unit",
    "indicator",
    "plan_key",
    "amount",
    "numerator",
    "denominator",
    "target_in",
    "target_owed",
    "units_owed",
    "units_in",
    "units_waiting",
    "units_reported",
    "units_inexact",
    "units_doubted",
    "units_targeted",
    "quality",
    "high",
    "text",
)
# Said of the whole cell in each of its rows: what was known before the period in force.
EARLIER_COLUMNS = ("last_period", "last_amount", "carried", "carried_inexact")
FACT_COLUMNS = (*SUM_COLUMNS, *EARLIER_COLUMNS)
TARGET_COLUMNS = (
    "id",
    "unit",
    "indicator",
    "issuer",
    "is_breakdown",
    "kind",
    "comparator",
    "low",
    "high",
    "base",
    "measured_from",
    "reference",
    "minimum",
    "no_task",
    "force",
    "principal",
    "deadline",
    "change",
    "text",
    "document",
    "reason",
    "valid_from",
    "recorded_at",
)
CURVE_COLUMNS = (
    "id",
    "indicator",
    "unit",
    "name",
    "shape",
    "points",
    "reason",
    "document",
    "valid_from",
    "recorded_at",
)
# What targets are compared with: of a unit's own year before and of the county as they stood, of others as published.
REFERENCE_COLUMNS = (
    "unit",
    "indicator",
    "measured_from",
    "reference",
    "value",
    "numerator",
    "denominator",
    "units_owed",
    "units_in",
    "is_inexact",
    "day",
    "source",
)
# The figures of the reporting units below a unit of which a minimum is asked.
PART_COLUMNS = ("unit", "indicator", "part", "value", "numerator", "denominator")
RULE_COLUMNS = ("id", "number", "title", "content", "valid_from", "recorded_at", "author")


@dataclass(frozen=True)
class Board:
    """One county (or a part of it) on one set of data days, as known at one moment.

    `data_days` gives for each indicator code the last day of the period in force, None where no
    period of the year is in force yet; `as_of` is the day that milestones and rectification are judged
    on. The `tags` of `units` are tuples. `facts` has one row per (unit, indicator, plan_key):
    for a unit that reports itself `units_owed` is 1 and `quality`, `high`, `text` are its own; for a
    parent the row is a sum over the reporting units below it that share a plan, `plan_key` being
    empty for those on the common plan. Amounts are already the year's actual: increments summed,
    the base of a cumulative figure taken off. `last_period` and `last_amount` are the newest
    accepted value before the period in force, of a unit that has none for it; `carried` is the sum of
    those values of this year over the units missing below a parent, `carried_inexact` how many of them
    are inexact.
    `targets` and `curves` hold every version recorded by `known_at`, those of units named by a
    `plan_key` included; `curves` with neither indicator nor unit are the county's default.
    `not_yet_due` names the indicators whose data day was chosen ahead of its due day: what is missing
    there is 未到报送期, not 未报.
    `references` has the values that relative targets are compared with on their data days, `parts` the
    figures below those targets that ask a minimum; both are empty where no target asks for them.
    """

    county: str
    year: int
    as_of: date
    known_at: datetime
    data_days: dict[str, date | None]
    units: pd.DataFrame
    indicators: pd.DataFrame
    facts: pd.DataFrame
    targets: pd.DataFrame
    curves: pd.DataFrame
    rules: pd.DataFrame
    not_yet_due: frozenset[str] = frozenset()
    references: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(REFERENCE_COLUMNS)))
    parts: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(PART_COLUMNS)))
