"""Words that stand around figures on charts, slips, briefs and pictures: one part of the catalogue of papers."""

from metrics.words import Words

PAPERS: dict[str, Words] = {
    "slip.by": ("根据《{title}》，", "By {title}: "),
    "slip.by_number": ("根据《{title}》（{number}），", "By {title} ({number}): "),
    # Each section says of which day it is, the first with the day itself.
    "slip.same_day": ("截至同日，", "As of the same day, "),
    "slip.their_targets": ("，你单位应评判目标", ", of your "),
    "slip.their_items": ("你单位逾期未销号的整改事项如下：", "these items are overdue:"),
    "slip.their_items_first": ("，你单位逾期未销号的整改事项如下：", " these items are overdue:"),
    "slip.unreported": ("你单位本期未报的目标有", "not reported: "),
    "slip.unreported_first": ("，你单位本期未报的目标有", ", not reported: "),
    "slip.unreported_names": ("项：", " targets: "),
    "slip.unreported_below": ("项（见下表）", " targets (below)"),
    "slip.unreported_end": ("，请补报。", ". Report them."),
    "slip.unreported_end_too": ("，请一并补报。", ". Report them too."),
    "slip.note": ("注：", "Note: "),
    "slip.partly": (
        "有单位未报的目标，实际完成为“至少”数，状态按已报单位评判。",
        "Where units are missing, the state is taken over those that are in. ",
    ),
    "slip.partly_shares": (
        "有单位未报的目标，实际完成为“至少”数，完成率、较序时和状态按已报单位计。",
        "Where units are missing, shares, gap and state are taken over those that are in. ",
    ),
    "slip.gaps": (
        "比率四舍五入列示，较序时按精确值计算。",
        "Shares are rounded; gaps are of the exact values. ",
    ),
    "slip.bases": (
        "完成率按年初基数起算的指标：{names}。",
        "The share done counts from the value at the start of the year: {names}.",
    ),
    "slip.base": ("{name}（年初{base}）", "{name} ({base})"),
    "brief.lagging_units": ("滞后单位（滞后及以上项数；最突出的目标及其较序时百分点）：", "Lagging units: "),
    "brief.more": ("等", " and others, "),
    "brief.more_end": ("个乡镇", " townships"),
    "brief.gap": ("较序时", "Gap"),
    "brief.rounding": (
        "注：较序时为百分点，按精确值计算后取一位小数，与表中两率相减可能差0.1。",
        "Note: gaps are points, computed exactly and rounded: they may differ by 0.1 from the shares shown.",
    ),
    "brief.partly": (
        "有单位未报的，实际完成为“至少”数，完成率、序时进度、较序时和状态按已报单位计",
        " Where units are missing, shares, gap and state are taken over those that are in",
    ),
    "brief.partly_open": ("（已报单位", " (units in: "),
    "brief.partly_of": ("/", "/"),
    "brief.partly_target": ("）目标", ") target "),
    "brief.partly_actual": ("、完成", ", done "),
    # The kinds of units as counties record them, and what documents call their offices.
    "notice.kinds.town": ("镇|乡镇", "town"),
    "notice.kinds.township": ("乡|民族乡|乡镇", "township"),
    "notice.kinds.subdistrict": ("街道|街道办|街道办事处", "subdistrict"),
    "notice.kinds.zone": ("区", "zone"),
    "notice.office.both": ("乡镇人民政府", "townships"),
    "notice.office.town": ("镇人民政府", "towns"),
    "notice.office.township": ("乡人民政府", "townships"),
    "notice.office.subdistrict": ("街道办事处", "subdistricts"),
    "notice.office.zone": ("{kind}管委会", "{kind}"),
    "picture.heading": ("{county} · 截至{day} · {title}", "{county} · as of {day} · {title}"),
    "picture.rule": ("评判规则：{number}", "Rule: {number}"),
    "foot.printed": ("印发", " printed"),
    "chart.plans_note": (
        "条为完成率，竖线为序时进度；右侧数字依次为完成率、序时进度",
        "Bar: done. Upright line: planned. Figures: done / planned.",
    ),
    "chart.rates_note": (
        "达序时率为完成和达序时的目标占已评判目标的比例",
        "Share of judged targets that are done or on plan",
    ),
}
