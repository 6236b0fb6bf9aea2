"""The words people read for the closed vocabularies, in Chinese and English, and the mark of each state.

Words that belong to one screen only are in the catalogue of `ui`.
"""

from enum import StrEnum
from typing import Any, Literal

import pandas as pd

from metrics.vocabulary import (
    Accumulation,
    Cadence,
    Clock,
    Comparator,
    Force,
    IssueState,
    Kind,
    Layer,
    Level,
    Light,
    MeasuredFrom,
    NoticeState,
    Quality,
    State,
    Step,
    SubmissionState,
    TargetChange,
)

Lang = Literal["zh", "en"]
Words = tuple[str, str]


class Role(StrEnum):
    """How a department stands to an indicator."""

    LEAD = "lead"
    SHARED = "shared"


# Members of different vocabularies may share a value ("range", "returned"), so the type is the key.
WORDS: dict[type[StrEnum], dict[str, Words]] = {
    State: {
        State.DONE: ("已完成", "done"),
        State.ON_PLAN: ("达序时", "on plan"),
        State.SLIGHTLY_BEHIND: ("略滞后", "slightly behind"),
        State.BEHIND: ("滞后", "behind"),
        State.FAR_BEHIND: ("严重滞后", "far behind"),
        State.UNFINISHED: ("未完成", "not finished"),
        State.UNREPORTED: ("未报", "not reported"),
        State.NOT_YET_REPORTED: ("未到报送期", "report not yet due"),
        State.AWAITING: ("待审", "awaiting acceptance"),
        State.NOT_DUE: ("未到期", "not due"),
        State.NO_TASK: ("无任务", "no task"),
        State.UNQUANTIFIED: ("未量化", "not quantified"),
        State.NO_TARGET: ("未下达", "no target set"),
        State.NO_RULE: ("无规则", "no rule"),
        State.NO_BASE: ("基数缺失", "base missing"),
    },
    Light: {
        Light.GREEN: ("绿灯", "green"),
        Light.BLUE: ("蓝灯", "blue"),
        Light.YELLOW: ("黄灯", "amber"),
        Light.RED: ("红灯", "red"),
        Light.GREY: ("不评判", "not judged"),
    },
    Kind: {
        Kind.ACCUMULATE: ("累计完成", "accumulate"),
        Kind.LEVEL: ("达到水平", "reach a level"),
        Kind.KEEP: ("保持", "keep within"),
        Kind.MILESTONE: ("节点", "milestone"),
        Kind.CHECKLIST: ("清单", "checklist"),
        Kind.DUTY: ("频次", "frequency"),
        Kind.QUALITATIVE: ("定性", "qualitative"),
    },
    Comparator: {
        Comparator.AT_LEAST: ("不少于", "at least"),
        Comparator.MORE_THAN: ("高于", "more than"),
        Comparator.AT_MOST: ("不超过", "at most"),
        Comparator.LESS_THAN: ("低于", "less than"),
        Comparator.RANGE: ("区间", "range"),
        Comparator.ABOUT: ("约", "about"),
    },
    MeasuredFrom: {
        MeasuredFrom.BASE: ("年初基数", "value at the start of the year"),
        MeasuredFrom.LAST_YEAR: ("上年同期", "same period of last year"),
        MeasuredFrom.COUNTY: ("全县平均", "county mean"),
        MeasuredFrom.OUTSIDE: ("外部参照数", "outside figure"),
    },
    Accumulation: {
        Accumulation.INCREMENT: ("当期", "this period"),
        Accumulation.YEAR_TO_DATE: ("年内累计", "year to date"),
        Accumulation.CUMULATIVE: ("历年累计", "all years to date"),
        Accumulation.LATEST: ("最新值", "latest value"),
    },
    Cadence: {
        Cadence.MONTH: ("月", "monthly"),
        Cadence.QUARTER: ("季", "quarterly"),
        Cadence.HALF_YEAR: ("半年", "half-yearly"),
        Cadence.YEAR: ("年", "yearly"),
    },
    Quality: {
        Quality.EXACT: ("精确", "exact"),
        Quality.APPROXIMATE: ("约", "about"),
        Quality.AT_LEAST: ("以上", "or more"),
        Quality.AT_MOST: ("以下", "or less"),
        Quality.RANGE: ("区间", "range"),
        Quality.MASKED: ("隐去", "masked"),
        Quality.QUALITATIVE: ("文字描述", "in words"),
    },
    Force: {
        Force.MUST: ("确保", "must"),
        Force.STRIVE: ("力争", "strive"),
    },
    TargetChange: {
        TargetChange.SET: ("下达", "set"),
        TargetChange.RAISE: ("追加", "raised"),
        TargetChange.LOWER: ("调减", "lowered"),
        TargetChange.CORRECT: ("更正", "corrected"),
    },
    Layer: {
        Layer.REPORTED: ("上报数", "reported"),
        Layer.VERIFIED: ("核实数", "verified"),
    },
    Level: {
        Level.NATION: ("全国", "nation"),
        Level.PROVINCE: ("省", "province"),
        Level.PREFECTURE: ("市", "prefecture"),
        Level.COUNTY: ("县", "county"),
        Level.TOWNSHIP: ("乡镇", "township"),
        Level.VILLAGE: ("村", "village"),
    },
    SubmissionState: {
        SubmissionState.SUBMITTED: ("待审", "awaiting acceptance"),
        SubmissionState.ACCEPTED: ("已接收", "accepted"),
        SubmissionState.RETURNED: ("已退回", "returned"),
    },
    IssueState: {
        IssueState.ASSIGNED: ("待交办", "to be assigned"),
        IssueState.WORKING: ("整改中", "being rectified"),
        IssueState.VERIFYING: ("待核验", "to be verified"),
        IssueState.CLOSED: ("已销号", "closed"),
        IssueState.RETURNED: ("退回整改", "sent back"),
        IssueState.DEFERRED: ("暂缓整改", "deferred"),
        IssueState.WITHDRAWN: ("撤销", "withdrawn"),
    },
    NoticeState: {
        NoticeState.DRAFT: ("拟稿", "draft"),
        NoticeState.CHECKED: ("已核稿", "checked"),
        NoticeState.HEARING: ("征求意见", "hearing"),
        NoticeState.ISSUED: ("已签发", "issued"),
        NoticeState.CORRECTED: ("已更正", "corrected"),
        NoticeState.WITHDRAWN: ("已撤回", "withdrawn"),
    },
    Step: {
        Step.DRAFTED: ("拟稿", "drafted"),
        Step.EDITED: ("修改", "edited"),
        Step.CHECKED: ("核稿", "checked"),
        Step.RETURNED: ("退回", "returned"),
        Step.ASKED: ("征求意见", "units asked"),
        Step.ANSWERED: ("单位答复", "answered"),
        Step.SETTLED: ("处理异议", "objection settled"),
        Step.ISSUED: ("签发", "issued"),
        Step.CORRECTED: ("更正", "corrected"),
        Step.WITHDRAWN: ("撤回", "withdrawn"),
    },
    Clock: {
        Clock.IN_TIME: ("在期", "in time"),
        Clock.DUE_SOON: ("临期", "due soon"),
        Clock.OVERDUE: ("逾期", "overdue"),
    },
    Role: {
        Role.LEAD: ("牵头", "leads"),
        Role.SHARED: ("配合", "shares"),
    },
}

KEPT: Words = ("达标", "kept")
NOT_KEPT: Words = ("未达标", "not kept")
# Said before an amount.
AT_LEAST: Words = ("至少", "at least ")
ABOUT: Words = ("约", "about ")
DOUBTED: Words = ("存疑", "doubted")
REOPENED: Words = ("问题反弹", "relapsed")

# Black print must read like colour; the two reds share a shape and differ in their word.
MARKS: dict[State, str] = {
    State.DONE: "✓",
    State.ON_PLAN: "●",
    State.SLIGHTLY_BEHIND: "◐",
    State.BEHIND: "▲",
    State.FAR_BEHIND: "■",
    State.UNFINISHED: "■",
    State.UNREPORTED: "○",
    State.AWAITING: "◇",
    State.NOT_YET_REPORTED: "…",
    State.NOT_DUE: "▷",
    State.NO_TASK: "—",
    State.UNQUANTIFIED: "※",
    State.NO_TARGET: "□",
    State.NO_RULE: "△",
    State.NO_BASE: "▽",
}

# Why a cell has its state: the words of the test that decided (`metrics.reasons`).
WHY: dict[str, Words] = {
    "no_task_set": ("文件明确无任务", "set as no task"),
    "out_of_scope": ("不在实施范围", "outside the indicator's scope"),
    "zero_target": ("目标为零", "the target is zero"),
    "reported_above": ("由上级直接报送", "reported directly by the level above"),
    "no_target": ("目标未下达", "no target has been set"),
    "no_bound": ("未定界限或比较方式", "no limit or comparator has been set"),
    "no_reference": ("参照数未知", "the figure to compare with is not known"),
    "no_base": ("年初基数缺失", "the value at the start of the year is missing"),
    "qualitative_target": ("目标为定性表述", "the target is in words"),
    "in_words": ("上报为文字描述", "reported in words"),
    "zero_denominator": ("分母为零", "the denominator is zero"),
    "bound_undecided": ("上报为界限或区间，不足以评判", "reported as a bound or range that does not decide"),
    "nothing_planned": ("计划尚未开始", "nothing is planned yet"),
    "before_day": ("未到节点日期", "before the milestone's day"),
    "reached_earlier": ("以前期已完成，本期未报", "done by an earlier report, this one missing"),
    "waiting": ("已报送，待审核", "submitted, not yet accepted"),
    "not_yet_due": ("未到报送期限", "the report is not yet due"),
    "no_report": ("本期未报", "no accepted report for the period"),
    "masked": ("上报数被隐去", "the reported value is masked"),
    "below_gate": ("已报单位不足", "too few of the units below have reported"),
    "not_comparable": (
        "下级未报全，且无下级目标可比",
        "units below are missing and have no targets to compare with",
    ),
    "no_parts": ("下级只报比例，缺分子分母", "percentages below lack their parts"),
    "accepted": ("节点已验收", "the milestone has been accepted"),
    "complete": ("达到目标", "the target is met"),
    "about": ("约数目标，缺口在容差内", "an about-target, short within its tolerance"),
    "deadline_passed": ("到期未达到目标", "the target is not met at its deadline"),
    "kept": ("守住目标", "the limit is kept"),
    "beyond_margin": ("未守住，超出规则界限", "not kept, beyond the rule's margin"),
    "not_kept": ("未守住目标", "the limit is not kept"),
    "on_plan": ("不低于序时进度", "not below the plan"),
    "whole_thing": ("缺口不足1", "short by less than one"),
    "far_by_days": ("滞后天数", "days late"),
    "far_by_ratio": ("序时完成比", "completion against plan"),
    "far_by_gap": ("较序时差距", "gap to plan"),
    "not_begun": ("计划开始的月份仍未动", "not begun in its planned month"),
    "behind_by_days": ("滞后天数", "days late"),
    "slightly_by_days": ("滞后天数", "days late"),
    "behind_by_ratio": ("序时完成比", "completion against plan"),
    "behind_by_gap": ("较序时差距", "gap to plan"),
    "slightly_by_gap": ("较序时差距", "gap to plan"),
    "held": (
        "连续变差的期数未到规则要求，灯色暂不降档",
        "not worse for as many periods in a row as the rule asks: the colour is held",
    ),
    "escalated": (
        "连续落后的期数达到规则规定，从严一档",
        "behind for as many periods in a row as the rule says: one step worse",
    ),
    "unexplained": (
        "连续滞后且没有已接收的原因说明，列为严重滞后",
        "behind for periods running without an accepted explanation: far behind",
    ),
}

# Why a unit is called lagging, with the figures to fill in.
LAGGING: dict[str, Words] = {
    "far_on_key": ("{name}{state}", "{name} {state}"),
    "gap": ("，较序时{gap}", ", {gap}"),
    "days": ("，滞后{days}", ", {days}"),
    "many_behind": (
        "可评判的{judged}项考核目标中{behind}项滞后及以上",
        "{behind} of {judged} judged targets behind or worse",
    ),
    "running": ("{name}连续{periods}期滞后及以上", "{name} behind or worse for {periods} periods"),
    "overdue": ("整改事项{number}逾期{days}", "item {number} overdue by {days}"),
}

SIGNS: dict[str, str] = {
    Comparator.AT_LEAST: "≥",
    Comparator.MORE_THAN: ">",
    Comparator.AT_MOST: "≤",
    Comparator.LESS_THAN: "<",
}


def choose(words: Words, lang: Lang) -> str:
    """The Chinese or the English of a pair."""
    return words[0] if lang == "zh" else words[1]


def word(member: StrEnum, lang: Lang) -> str:
    """The word for a member of a vocabulary, e.g. word(State.BEHIND, "zh") is 滞后."""
    return choose(WORDS[type(member)][member], lang)


def state_word(state: str, lang: Lang, kept: Any = None) -> str:
    """The word of a cell's state; a keep target that holds and is not yet at its deadline reads 达标.

    `kept` is the cell's own column: True, False or missing.
    """
    if state == State.ON_PLAN and pd.notna(kept) and bool(kept):
        return choose(KEPT, lang)
    return word(State(state), lang)


def why_text(code: str, lang: Lang) -> str:
    """The test that decided a cell's state, in words."""
    return choose(WHY[code], lang)


def comparator_text(comparator: Any, low: str, high: str, lang: Lang) -> str:
    """A target's figures with their comparator: ≥ 100, < 2.00, 10–20, 约100. `high` is read for ranges."""
    if comparator == Comparator.RANGE and high:
        return f"{low}–{high}"
    if comparator == Comparator.ABOUT:
        return choose((f"约{low}", f"about {low}"), lang)
    sign = SIGNS.get(comparator, "") if isinstance(comparator, str) else ""
    return f"{sign} {low}" if sign else low


def state_mark(state: str) -> str:
    """The shape of a cell's state."""
    return MARKS[State(state)]
