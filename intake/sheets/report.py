"""The periodic report (月报表, 季报表): what one township or department reports for one period."""

from dataclasses import replace

from intake.sheets.columns import (
    INDICATOR_NOTE,
    UNIT_NOTE,
    code,
    day,
    quantity,
    text,
    yes,
)
from intake.sheets.model import Column, Sheet, Words

CAUSES = (
    Words("资金未到位", "funds not received"),
    Words("手续未办结", "permits pending"),
    Words("自然灾害或天气", "disaster or weather"),
    Words("施工进度慢", "slow works"),
    Words("群众意愿不足", "little demand"),
    Words("人员力量不足", "short of staff"),
    Words("部门衔接不畅", "waits on a department"),
    Words("季节性安排", "season not begun"),
    Words("其他", "other"),
)


def _prefilled(column: Column) -> Column:
    return replace(column, prefilled=True)


def _shown(column: Column) -> Column:
    return replace(column, prefilled=True, unread=True)


def _narrow(column: Column) -> Column:
    return replace(column, width=9)


COMPARED = Words("由系统填写，供核对。", "Written by Xushi, for comparison.")

FIGURES = Sheet(
    "figures",
    Words("报送数据", "Figures"),
    Words(
        "只填白色单元格。没有发生填0，没有数据留空或填“—”，两者不同。",
        "Fill the white cells only. 0 means none; blank or — means not reported.",
    ),
    (
        _narrow(_prefilled(code("indicator", "指标代码", "Indicator code", INDICATOR_NOTE, required=True))),
        _prefilled(text("indicator_name", "指标名称", "Indicator", COMPARED, width=18)),
        _prefilled(code("unit", "单位代码", "Unit code", UNIT_NOTE, required=True)),
        _prefilled(text("unit_name", "单位名称", "Unit", COMPARED, width=11)),
        _shown(text("measure", "计量单位", "Unit of measure", COMPARED, longest=24, width=7)),
        _shown(
            text(
                "accumulation",
                "填报口径",
                "Covers",
                Words(
                    "本期值是当期数还是累计数。", "Whether the figure is of the period or a running total."
                ),
                width=9,
            )
        ),
        _shown(quantity("target", "本年目标", "Target of the year", COMPARED)),
        _shown(
            quantity(
                "planned",
                "序时应完成",
                "Planned by now",
                Words("到本期末计划完成的数量。", "What the plan asks for by the end of the period."),
            )
        ),
        _shown(quantity("last", "上期数", "Last value", COMPARED)),
        replace(
            quantity(
                "value",
                "本期值",
                "This period",
                Words(
                    "按“填报口径”填写；比率指标可只填分子、分母。",
                    "As the column Covers says; a ratio may be left to its parts.",
                ),
            ),
            expected=True,
        ),
        quantity("numerator", "分子", "Numerator", Words("比率指标填写。", "For ratios.")),
        quantity("denominator", "分母", "Denominator", Words("比率指标填写。", "For ratios.")),
        _prefilled(
            text(
                "behind",
                "需说明",
                "Explain",
                Words("上期低于序时进度的，请说明原因。", "Behind its plan last time: please explain."),
                width=20,
            )
        ),
        text(
            "cause",
            "滞后原因类别",
            "Class of cause",
            Words("从列表中选择，也可自填。", "Choose from the list, or write your own."),
            width=12,
            longest=40,
            suggestions=CAUSES,
        ),
        text("text", "滞后原因", "Cause", Words("具体原因。", "The cause."), width=20, longest=400),
        text(
            "action",
            "措施",
            "Measure",
            Words("正在采取的措施。", "What is being done."),
            width=24,
            longest=400,
        ),
        replace(
            day(
                "promised_day",
                "预计达序时时间",
                "Back on plan by",
                Words(
                    "预计赶上计划的日子；只写年月按月底。",
                    "Day on which the plan will be met; a month is its end.",
                ),
            ),
            month_end=True,
        ),
        text(
            "waits_on",
            "需协调事项",
            "Waits on",
            Words("等待哪个单位解决什么。", "The body whose decision is awaited."),
            width=14,
        ),
        text(
            "reason",
            "更正原因",
            "Reason for correction",
            Words("更改已报数时必填。", "Needed when a reported figure is changed."),
            width=12,
            longest=400,
        ),
        replace(
            quantity(
                "printed",
                "自报完成率",
                "Percentage as printed",
                Words(
                    "材料中印出的完成率，用于核对；可没有此列。",
                    "The percentage a document prints; may be left out.",
                ),
            ),
            hidden=True,
        ),
    ),
    ("indicator", "unit"),
    optional=False,
)

MARKS = Sheet(
    "marks",
    Words("清单", "Checklist"),
    Words(
        "清单类指标逐村逐项填是或否，未核查的留空。", "Yes or no by village and item; blank when not checked."
    ),
    (
        _narrow(_prefilled(code("indicator", "指标代码", "Indicator code", INDICATOR_NOTE, required=True))),
        _prefilled(text("indicator_name", "指标名称", "Indicator", COMPARED, width=18)),
        _prefilled(code("unit", "单位代码", "Unit code", UNIT_NOTE, required=True)),
        _prefilled(text("unit_name", "单位名称", "Unit", COMPARED, width=11)),
        _prefilled(
            code("item", "清单项代码", "Item code", Words("由系统填写。", "Written by Xushi."), required=True)
        ),
        _prefilled(text("item_name", "清单项", "Item", COMPARED, width=26)),
        yes("met", "是否达到", "Met", Words("是、否；未核查留空。", "Yes or no; blank when not checked.")),
        day(
            "day",
            "核查日期",
            "Checked on",
            Words("空白为本期最后一天。", "Blank is the last day of the period."),
        ),
        text("note", "说明", "Note", Words("可留空。", "May be blank."), width=24, longest=200),
    ),
    ("indicator", "unit", "item"),
)
