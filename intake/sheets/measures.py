"""Setup sheets: indicators, checklist items, plan curves, rules."""

from dataclasses import replace

from intake.sheets.columns import (
    DEPARTMENT,
    INDICATOR,
    INDICATOR_NOTE,
    SORT,
    UNIT,
    WITHDRAWN,
    choice,
    code,
    count,
    names,
    quantity,
    text,
    valid_from,
    yes,
)
from intake.sheets.model import CellType, Column, Sheet, Words
from metrics.curves import Shape
from metrics.vocabulary import Accumulation, Cadence, Kind, Level

BLANK_NO = Words("空白为否。", "Blank means no.")
FOR_RATIOS = Words(
    "比率指标填写；带小数的，名称后写明单位和位数，如：实际支出（万元，2位小数）。",
    "For ratios; where it has decimals, unit and decimals stand behind the name: spent (万元, 2 decimals).",
)

INDICATORS = Sheet(
    "indicators",
    Words("指标", "Indicators"),
    Words(
        "指标定义；口径变化另起一行，写新的生效日期。",
        "Definitions; a change is a new row with its own date.",
    ),
    (
        code(
            "code", "指标代码", "Indicator code", Words("县内唯一。", "Unique in the county."), required=True
        ),
        text("name", "名称", "Name", Words("全称。", "Full name."), required=True, width=26),
        text(
            "short_name",
            "简称",
            "Short name",
            Words("二至六字，用于矩阵表头。", "Two to six characters, for the head of the matrix."),
            required=True,
            longest=16,
        ),
        text("field", "领域", "Field", Words("如住房安全。", "Such as housing."), required=True, longest=40),
        text(
            "measure",
            "计量单位",
            "Unit of measure",
            Words("如户、人、万元、%。人与人次不同。", "Such as 户, 万元, %. 人 and 人次 differ."),
            required=True,
            longest=24,
        ),
        count(
            "scale",
            "小数位数",
            "Decimals",
            Words("数值保留几位小数，整数填0。", "Decimals that values carry; 0 for whole numbers."),
            required=True,
        ),
        choice(
            "kind",
            "目标类型",
            "Kind of target",
            Kind,
            Words("目标怎样评判；分解表中可另定。", "How a target is judged; the breakdown may differ."),
            required=True,
        ),
        yes("lower_is_better", "越低越好", "Lower is better", BLANK_NO),
        choice(
            "accumulation",
            "累计方式",
            "Accumulation",
            Accumulation,
            Words("一个报送数覆盖的时间。", "What one reported figure covers."),
            required=True,
        ),
        choice(
            "cadence",
            "报送频率",
            "Cadence",
            Cadence,
            Words("月、季、半年或年。", "Month, quarter, half-year or year."),
            required=True,
        ),
        count(
            "due_day",
            "报送截止日",
            "Due day",
            Words("期后次月几日前报送，遇节假日顺延。", "Day of the month after the period."),
            required=True,
        ),
        choice(
            "level_reported",
            "填报层级",
            "Reported by",
            Level,
            Words("由县、乡镇还是村填报。", "County, township or village."),
            required=True,
        ),
        yes("is_key", "重点指标", "Key indicator", BLANK_NO),
        yes(
            "is_whole",
            "按整数计",
            "Whole things",
            Words("户、人、个填“是”。", "Yes for things counted whole."),
        ),
        yes(
            "is_ratio",
            "比率",
            "Ratio",
            Words("由分子、分母算出的填“是”。", "Yes for numerator ÷ denominator."),
        ),
        text("numerator_name", "分子名称", "Numerator", FOR_RATIOS, longest=60, width=18),
        text("denominator_name", "分母名称", "Denominator", FOR_RATIOS, longest=60, width=18),
        text(
            "scope_tag",
            "适用标签",
            "Scope tag",
            Words("只适用于带此标签的单位；空白为全部。", "Only units with this tag; blank means all."),
            longest=48,
        ),
        code(
            "pair",
            "配对指标",
            "Paired indicator",
            Words(
                "同一任务用两个计量单位下达的，填另一个指标的代码，如脱贫户数与脱贫人数；只在一处填写。",
                "The other of two for one task in two units, such as households and persons; on one of them.",
            ),
        ),
        quantity("lowest", "合理下限", "Lowest plausible", Words("低于此数即提示。", "Questioned below it.")),
        quantity(
            "highest", "合理上限", "Highest plausible", Words("高于此数即提示。", "Questioned above it.")
        ),
        code("lead", "牵头部门", "Lead department", DEPARTMENT.note),
        names(
            "shared", "配合部门", "Supporting departments", Words("可填多个，以、分隔。", "Separated by 、.")
        ),
        text(
            "definition",
            "口径",
            "Definition",
            Words("统计范围和算法。", "What is counted and how."),
            required=True,
            width=40,
            longest=2000,
        ),
        text(
            "source",
            "依据",
            "Source",
            Words("文件名称或文号。", "The document it comes from."),
            required=True,
            width=26,
            longest=400,
        ),
        SORT,
        valid_from(Words("自哪一天起如此定义。", "The day from which this definition holds.")),
        WITHDRAWN,
    ),
    ("code", "valid_from"),
)

ITEMS = Sheet(
    "items",
    Words("指标清单项", "Checklist items"),
    Words(
        "清单类指标的各项，如五通五有五能；一个指标的各项须写全。",
        "The items of a checklist indicator; all items of one indicator stand here together.",
    ),
    (
        code("indicator", "指标代码", "Indicator code", INDICATOR_NOTE, required=True),
        code(
            "item",
            "清单项代码",
            "Item code",
            Words("指标内唯一。", "Unique in the indicator."),
            required=True,
        ),
        text(
            "name", "清单项", "Item", Words("如通自来水。", "Such as piped water."), required=True, longest=80
        ),
    ),
    ("indicator", "item"),
)

OWN_CURVE = Words("单位曲线必填。", "Needed for a unit's own curve.")

CURVES = Sheet(
    "curves",
    Words("计划曲线", "Plan curves"),
    Words(
        "指标、单位都空白的一行是全县默认；只填指标的是该指标的；两者都填的是该单位的，须写理由和文号。",
        "Without indicator and unit: the county's default; with both: the unit's own, with its reason.",
    ),
    (
        INDICATOR,
        UNIT,
        text(
            "name",
            "名称",
            "Name",
            Words("如季度10/30/30/30。", "Its name."),
            required=True,
            width=20,
            longest=60,
        ),
        choice(
            "shape",
            "形状",
            "Shape",
            Shape,
            Words("折线或阶梯。", "Linear between points, or stepped."),
            required=True,
        ),
        Column(
            "points",
            Words("控制点", "Control points"),
            CellType.POINTS,
            Words(
                "“月-日 百分数”，以分号分隔，逐点不减。例：03-31 10%；06-30 40%；09-30 70%；12-31 100%。",
                "“MM-DD percent” separated by semicolons, never falling, such as 06-30 50%; 12-31 100%.",
            ),
            required=True,
            width=44,
            longest=1000,
        ),
        count("year", "年度", "Year", Words("只用于一年的填年度。", "Only when it holds for one year.")),
        text("reason", "理由", "Reason", OWN_CURVE, width=24, longest=400),
        text("document", "文号", "Document", OWN_CURVE, width=20),
        valid_from(Words("自哪一天起使用。", "The day from which it is used.")),
    ),
    ("indicator", "unit", "year", "valid_from"),
)

OUTSIDE = Sheet(
    "outside",
    Words("外部参照数", "Outside figures"),
    Words(
        "目标要与之比较的外部数，如全省平均；一个数据日期一行，更正时同一日期再写一行。",
        "Figures of others that targets are compared with; one row a day, a correction is a row of the same day.",
    ),
    (
        code("indicator", "指标代码", "Indicator code", INDICATOR_NOTE, required=True),
        text(
            "name",
            "参照名称",
            "Outside figure",
            Words("如全省平均，与分解表一致。", "As the breakdown names it."),
            required=True,
            width=16,
            longest=60,
        ),
        replace(
            quantity(
                "value", "数值", "Value", Words("与指标同一计量单位。", "In the indicator's unit of measure.")
            ),
            required=True,
        ),
        replace(
            valid_from(Words("数据截至哪一天。", "The day the figure speaks for."), required=True),
            title=Words("数据日期", "Day"),
            month_end=True,
        ),
        text(
            "source",
            "来源",
            "Source",
            Words("公布单位和文件。", "Who published it, and where."),
            required=True,
            width=26,
            longest=160,
        ),
        WITHDRAWN,
    ),
    ("indicator", "name", "valid_from"),
)

RULES = Sheet(
    "rules",
    Words("规则", "Rules"),
    Words(
        "规则文件逐项填写，同一文号为一份文件，各项须写全（注明可不写的除外）；规则值空白表示不启用该项。",
        "One row per item, one document per number, all items given but those that may be left out; "
        "a blank value switches an item off.",
    ),
    (
        text(
            "number",
            "文号",
            "Number",
            Words("规则文件文号。", "Its number."),
            required=True,
            width=20,
            longest=80,
        ),
        text(
            "title",
            "标题",
            "Title",
            Words("规则文件标题。", "Its title."),
            required=True,
            width=30,
            longest=160,
        ),
        valid_from(Words("自哪一天起执行。", "The day from which it is in force.")),
        Column(
            "item",
            Words("规则项", "Item"),
            CellType.CODE,
            Words(
                "全部项及软件默认值列在说明页。", "The first sheet lists all of them with the shipped values."
            ),
            required=True,
            width=34,
            longest=80,
        ),
        Column(
            "value",
            Words("规则值", "Value"),
            CellType.VALUE,
            Words(
                "数、是/否或文字，写法与说明页相同。",
                "A number, yes/no or text, written as on the first sheet.",
            ),
            width=24,
            longest=2000,
        ),
    ),
    ("number", "item"),
)
