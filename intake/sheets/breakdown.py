"""The breakdown (任务分解表): one year's targets, by indicator and unit, and the plan of the year."""

from dataclasses import replace

from intake.sheets.columns import (
    INDICATOR_NOTE,
    UNIT_NOTE,
    choice,
    code,
    day,
    quantity,
    text,
    yes,
)
from intake.sheets.model import CellType, Column, Sheet, Words
from metrics.vocabulary import Comparator, Force, Kind, MeasuredFrom, TargetChange

MONTH_COLUMNS = tuple(f"month_{number}" for number in range(1, 13))
QUARTER_COLUMNS = tuple(f"quarter_{number}" for number in range(1, 5))
PLAN_NOTE = Words(
    "到该期末的累计计划数，与目标值同一单位；可只填部分月份。填写后成为本单位的计划曲线。",
    "Planned running total to the end of the period, in the unit of the target; becomes the unit's curve.",
)


def _planned(key: str, zh: str, en: str) -> Column:
    return Column(key, Words(zh, en), CellType.SHARE, PLAN_NOTE, width=10)


_MONTHS = tuple(
    _planned(key, f"计划{number}月", f"Plan month {number}")
    for number, key in enumerate(MONTH_COLUMNS, start=1)
)
_QUARTERS = tuple(
    _planned(key, f"计划{word}季度", f"Plan quarter {number}")
    for number, (key, word) in enumerate(zip(QUARTER_COLUMNS, "一二三四", strict=True), start=1)
)

TARGETS = Sheet(
    "targets",
    Words("任务分解", "Breakdown"),
    Words(
        "每个指标先写本县一行，再逐个单位一行。没有任务的单位在“无任务”填是，不要填0。",
        "For each indicator the county's own row first, then one row per unit. No task: say so, never 0.",
    ),
    (
        code("indicator", "指标代码", "Indicator code", INDICATOR_NOTE, required=True),
        text("indicator_name", "指标名称", "Indicator", Words("供核对。", "For comparison."), width=24),
        code("unit", "单位代码", "Unit code", UNIT_NOTE, required=True),
        text("unit_name", "单位名称", "Unit", Words("供核对。", "For comparison."), width=18),
        text("measure", "计量单位", "Unit of measure", Words("供核对。", "For comparison."), longest=24),
        choice(
            "kind",
            "目标类型",
            "Kind of target",
            Kind,
            Words("空白时按指标定义。", "Blank takes the indicator's own."),
        ),
        choice(
            "comparator",
            "比较方式",
            "Comparator",
            Comparator,
            Words(
                "不少于、高于、不超过、低于、区间、约；空白时为不少于，越低越好的指标为不超过。",
                "Blank is at least, or at most where lower is better.",
            ),
        ),
        replace(
            quantity(
                "low",
                "目标值",
                "Target",
                Words("区间的下限也填这里。", "The low end of a range stands here."),
            ),
            expected=True,
            aliases=(Words("目标", "Annual target"), Words("目标任务", "Low"), Words("年度目标", "Low end")),
        ),
        quantity("high", "上限", "High end", Words("区间目标填写。", "For ranges.")),
        quantity(
            "base", "基数", "Base", Words("年初值；升降类目标必填。", "Value at the start of the year.")
        ),
        yes("no_task", "无任务", "No task", Words("本年没有此任务的填“是”。", "Yes when the unit has none.")),
        choice("force", "约束性", "Force", Force, Words("确保或力争；空白为确保。", "Blank is must.")),
        text(
            "issuer",
            "下达单位",
            "Issuer",
            Words("下达此目标的单位；空白为本县分解。", "Blank is the county's own breakdown."),
            width=16,
            longest=60,
        ),
        yes(
            "is_breakdown",
            "本县分解",
            "County's own",
            Words(
                "是否本县的分解数；空白时，“下达单位”空白的为是，填了的为否。",
                "Whether it is the county's own breakdown; blank is yes where Issuer is blank, else no.",
            ),
        ),
        yes(
            "principal",
            "考核口径",
            "Principal",
            Words(
                "同一指标有几个下达单位时，用于考核的一个填“是”。",
                "Yes for the one that counts where there are several issuers.",
            ),
        ),
        replace(
            day("deadline", "完成时限", "Deadline", Words("空白为当年12月31日。", "Blank is 31 December.")),
            month_end=True,
        ),
        choice(
            "change",
            "变更类型",
            "Change",
            TargetChange,
            Words("首次下达、追加、调减、更正；空白为首次下达。", "Blank is set."),
        ),
        text("document", "文号", "Document", Words("下达或变更文件。", "The document."), width=20),
        day(
            "valid_from",
            "生效日期",
            "Effective from",
            Words("空白为当年1月1日；变更必填。", "Blank is 1 January; needed for a change."),
        ),
        text(
            "reason", "变更原因", "Reason", Words("变更必填。", "Needed for a change."), width=24, longest=400
        ),
        text(
            "text",
            "目标原文",
            "Wording",
            Words("不能量化的目标写原文。", "For a qualitative target."),
            width=24,
            longest=400,
        ),
        choice(
            "measured_from",
            "比较对象",
            "Counted from",
            MeasuredFrom,
            Words(
                "目标值是与谁相比的升降数的填写：年初基数、上年同期、全县平均、外部参照数；这时目标值填升降数，"
                "下降为负，也可写“提高3个百分点”；空白表示目标值就是要达到的数。",
                "When the target is a step: over the base, last year, the county mean or an outside figure; "
                "a fall is negative. Blank means that the target is the value itself.",
            ),
        ),
        text(
            "reference",
            "参照名称",
            "Outside figure",
            Words("与外部参照数比较的填写，如全省平均。", "For outside figures: its name."),
            width=14,
            longest=60,
        ),
        quantity(
            "minimum",
            "最低值",
            "Minimum",
            Words(
                "目标值是平均数、又要求最低不少于多少的填写。",
                "Where the target is a mean and the lowest must reach a value as well.",
            ),
        ),
        *_MONTHS,
        *_QUARTERS,
    ),
    ("indicator", "unit", "issuer"),
    optional=False,
)
