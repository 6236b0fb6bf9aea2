"""Pieces that sentences, templates and plans are put together from: Chinese, English."""

PHRASES: dict[str, tuple[str, str]] = {
    "nothing": ("", ""),
    "near_header": (",表中有“{found}”", "; the sheet has “{found}”"),
    "near": (",相近的是{found}", "; the nearest is {found}"),
    "plan_curve": ("任务分解计划", "plan of the breakdown"),
    "plan_curve_reason": ("任务分解表所列计划", "as the breakdown plans it"),
    "more": ("加码", "more than the whole"),
    "reserve": ("机动", "kept in reserve"),
    "and_unset": (",另有 {count} 个单位未下达", "; {count} units have no target yet"),
    "dash_guess": ("是否为 {low}–{high}", "perhaps {low}–{high}"),
    "yes": ("是", "yes"),
    "sheet": ("表", "Sheet"),
    "column": ("列", "Column"),
    "type": ("类型", "Type"),
    "required": ("必填", "Required"),
    "meaning": ("说明", "Meaning"),
    "choose": ("请从下拉列表中选择。", "Choose from the list."),
    "choices": ("可选:{words}。", "One of: {words}."),
    "prefilled": ("由系统填写,不要改动。", "Written by Xushi; leave it as it is."),
    "rule_items": ("规则项", "Rule item"),
    "shipped_value": ("系统默认值", "Shipped value"),
    "switched_off": ("(空白,不启用)", "(blank, switched off)"),
    "how_fill": (
        "白色单元格填写,灰色单元格由系统填写,不要改动;带 * 的列必填。",
        "Fill the white cells; grey ones are written by Xushi. Columns with * must be filled.",
    ),
    "how_zero": (
        "没有发生填 0;没有数据留空或填“—”。两者含义不同,留空将显示为“未报”。",
        "0 means none; blank or — means not reported. The two are never the same.",
    ),
    "how_figure": (
        "只填数字,不带单位;“约470”“50余”“70%以上”可照写,系统按约数、下限记。",
        "Write the number without its unit; about 470 and 70 or more may be written as such.",
    ),
    "how_range": (
        "区间写成 3–5;单元格先设为文本格式,以免被改成日期。",
        "Write a range as 3–5, in a cell set to text, or it becomes a date.",
    ),
    "how_copy": (
        "可整列粘贴,粘贴时请选“只粘贴数值”;不要合并单元格,不要加合计行。",
        "Columns may be pasted, as values only. Do not merge cells or add rows of sums.",
    ),
    "how_headers": (
        "列的先后可以调整,表名和表头文字不要改;隐藏表 _xushi 不要删除。",
        "Columns may be moved; leave sheet names, headers and the hidden sheet _xushi alone.",
    ),
}
