"""Which test gives which state: the codes of the tests in their order (metrics.md 2), first hit wins.

Their words are in `metrics.words`.
"""

from metrics.vocabulary import State

TESTS: tuple[tuple[str, State], ...] = (
    ("no_task_set", State.NO_TASK),
    ("out_of_scope", State.NO_TASK),
    ("zero_target", State.NO_TASK),
    ("reported_above", State.NO_TARGET),
    ("no_target", State.NO_TARGET),
    ("no_bound", State.NO_RULE),
    ("no_reference", State.NO_RULE),
    ("no_base", State.NO_BASE),
    ("qualitative_target", State.UNQUANTIFIED),
    ("in_words", State.UNQUANTIFIED),
    ("zero_denominator", State.UNQUANTIFIED),
    ("bound_undecided", State.UNQUANTIFIED),
    ("nothing_planned", State.NOT_DUE),
    ("before_day", State.NOT_DUE),
    ("reached_earlier", State.DONE),
    ("waiting", State.AWAITING),
    ("not_yet_due", State.NOT_YET_REPORTED),
    ("no_report", State.UNREPORTED),
    ("masked", State.UNREPORTED),
    ("below_gate", State.UNREPORTED),
    ("not_comparable", State.UNREPORTED),
    ("no_parts", State.UNREPORTED),
    ("accepted", State.DONE),
    ("complete", State.DONE),
    ("about", State.DONE),
    ("deadline_passed", State.UNFINISHED),
    ("kept", State.ON_PLAN),
    ("beyond_margin", State.FAR_BEHIND),
    ("not_kept", State.BEHIND),
    ("on_plan", State.ON_PLAN),
    ("whole_thing", State.ON_PLAN),
    ("far_by_days", State.FAR_BEHIND),
    ("far_by_ratio", State.FAR_BEHIND),
    ("far_by_gap", State.FAR_BEHIND),
    ("not_begun", State.BEHIND),
    ("behind_by_days", State.BEHIND),
    ("slightly_by_days", State.SLIGHTLY_BEHIND),
    ("behind_by_ratio", State.BEHIND),
    ("behind_by_gap", State.BEHIND),
    ("slightly_by_gap", State.SLIGHTLY_BEHIND),
)
STATE_OF: dict[str, State] = dict(TESTS)
# Why a cell differs from the judgement of its day alone, by the periods before (`metrics.persistence`).
BY_PERIODS = ("held", "escalated", "unexplained")
