"""Why a cell has its state: one code for the test that decided, with its words."""

from metrics.vocabulary import State
from metrics.words import Lang, Words, choose

# In the order of test (metrics.md 2); the first that holds decides.
TESTS: tuple[tuple[str, State, Words], ...] = (
    ("no_task_set", State.NO_TASK, ("文件明确无任务", "set as no task")),
    ("out_of_scope", State.NO_TASK, ("不在实施范围", "outside the indicator's scope")),
    ("zero_target", State.NO_TASK, ("目标为零", "the target is zero")),
    ("reported_above", State.NO_TARGET, ("由上级直接报送", "reported directly by the level above")),
    ("no_target", State.NO_TARGET, ("目标未下达", "no target has been set")),
    ("no_bound", State.NO_RULE, ("未定界限或比较方式", "no limit or comparator has been set")),
    ("no_base", State.NO_BASE, ("年初基数缺失", "the value at the start of the year is missing")),
    ("qualitative_target", State.UNQUANTIFIED, ("目标为定性表述", "the target is in words")),
    ("in_words", State.UNQUANTIFIED, ("上报为文字描述", "reported in words")),
    ("zero_denominator", State.UNQUANTIFIED, ("分母为零", "the denominator is zero")),
    (
        "bound_undecided",
        State.UNQUANTIFIED,
        ("上报为界限或区间，不足以评判", "reported as a bound or range that does not decide"),
    ),
    ("nothing_planned", State.NOT_DUE, ("计划尚未开始", "nothing is planned yet")),
    ("before_day", State.NOT_DUE, ("未到节点日期", "before the milestone's day")),
    (
        "reached_earlier",
        State.DONE,
        ("以前期已完成，本期未报", "done by an earlier report, this one missing"),
    ),
    ("waiting", State.AWAITING, ("已报送，待审核", "submitted, not yet accepted")),
    ("not_yet_due", State.NOT_YET_REPORTED, ("未到报送期限", "the report is not yet due")),
    ("no_report", State.UNREPORTED, ("本期未报", "no accepted report for the period")),
    ("masked", State.UNREPORTED, ("上报数被隐去", "the reported value is masked")),
    ("below_gate", State.UNREPORTED, ("已报单位不足", "too few of the units below have reported")),
    (
        "not_comparable",
        State.UNREPORTED,
        ("下级未报全，且无下级目标可比", "units below are missing and have no targets to compare with"),
    ),
    ("no_parts", State.UNREPORTED, ("下级只报比例，缺分子分母", "percentages below lack their parts")),
    ("accepted", State.DONE, ("节点已验收", "the milestone has been accepted")),
    ("complete", State.DONE, ("达到目标", "the target is met")),
    ("about", State.DONE, ("约数目标，缺口在容差内", "an about-target, short within its tolerance")),
    ("deadline_passed", State.UNFINISHED, ("到期未达到目标", "the target is not met at its deadline")),
    ("kept", State.ON_PLAN, ("守住目标", "the limit is kept")),
    ("beyond_margin", State.FAR_BEHIND, ("未守住，超出规则界限", "not kept, beyond the rule's margin")),
    ("not_kept", State.BEHIND, ("未守住目标", "the limit is not kept")),
    ("on_plan", State.ON_PLAN, ("不低于序时进度", "not below the plan")),
    ("whole_thing", State.ON_PLAN, ("缺口不足1", "short by less than one")),
    ("far_by_days", State.FAR_BEHIND, ("滞后天数", "days late")),
    ("behind_by_days", State.BEHIND, ("滞后天数", "days late")),
    ("slightly_by_days", State.SLIGHTLY_BEHIND, ("滞后天数", "days late")),
    ("far_by_gap", State.FAR_BEHIND, ("较序时差距", "gap to plan")),
    ("behind_by_gap", State.BEHIND, ("较序时差距", "gap to plan")),
    ("slightly_by_gap", State.SLIGHTLY_BEHIND, ("较序时差距", "gap to plan")),
)
WHY: dict[str, Words] = {code: words for code, _, words in TESTS}
STATE_OF: dict[str, State] = {code: state for code, state, _ in TESTS}


def why_text(code: str, lang: Lang) -> str:
    """The test that decided a cell's state, in words."""
    return choose(WHY[code], lang)
