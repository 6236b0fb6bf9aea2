"""The words of targets: what they are counted from, how they stand, their years and their pairs."""

ZH = {
    "pair.both": "与“{name}”为同一任务的两个计量单位：{state}。两项都完成才算完成；统计和排名中各计一项，不相加。",
    "pair.head": "同一任务的另一计量单位：{name}",
    "pair.row": "（与“{name}”同一任务）",
    "sheet.force": "标“力争”的为力争目标，未标的为确保目标；两者评判办法相同。",
    "standing.accepted": "已验收",
    "standing.due": "{day}前",
    "standing.late": "{day}前，已过{days}",
    "standing.striven": "（力争）",
    "why.minimum": "最低要求",
    "why.missing": "尚差",
    "why.reference": "参照数",
    "why.striven": "这是力争目标，与确保目标同样评判。",
    "why.margin": "与界限相比",
    "years.actual": "当年完成",
    "years.completion": "当年完成率",
    "years.note": "“当年”列只计一年，“累计”列自{year}年起逐年相加，两者不混用。{missing}",
    "years.missing": "缺数的年份不计入累计，累计为“至少”。",
    "years.state": "当年状态",
    "years.target": "当年目标",
    "years.title": "分年度目标与完成",
    "years.total_actual": "累计完成",
    "years.total_completion": "累计完成率",
    "years.total_target": "累计目标",
    "years.year": "年度",
}

EN = {
    "pair.both": (
        "One task in two units with “{name}”: {state}. Done only when both are done; "
        "each counts once in counts and ranks, and they are never added."
    ),
    "pair.head": "The same task in another unit: {name}",
    "pair.row": "(one task with “{name}”)",
    "sheet.force": "Marked strive: to be striven for; all others are a must. Both are judged alike.",
    "standing.accepted": "accepted",
    "standing.due": "by {day}",
    "standing.late": "by {day}, {days} ago",
    "standing.striven": "(striven for)",
    "why.minimum": "Lowest asked",
    "why.missing": "Missing",
    "why.reference": "Compared with",
    "why.striven": "To be striven for; judged like a must.",
    "why.margin": "Against the limit",
    "years.actual": "Done in the year",
    "years.completion": "Completion of the year",
    "years.note": (
        "Columns of the year hold one year only; totals add up the years since {year}; never mixed. {missing}"
    ),
    "years.missing": "Years without a figure are not in the totals, which are “at least”.",
    "years.state": "State of the year",
    "years.target": "Target of the year",
    "years.title": "Targets and results year by year",
    "years.total_actual": "Done in all",
    "years.total_completion": "Completion in all",
    "years.total_target": "Targets in all",
    "years.year": "Year",
}
