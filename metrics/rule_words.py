"""What the entries of a rule document are called, and how a fault in one is said and mended, in both languages."""

from metrics.words import Words

# Groups in the order in which a document is read; an entry's path begins with its group.
GROUPS: dict[str, Words] = {
    "gap_points": ("一般界限：按差距（百分点）", "Thresholds for all: by gap (percentage points)"),
    "step_days": ("节点和分步计划：按滞后天数", "Milestones and stepped plans: by days late"),
    "slope_days": ("其他计划：滞后天数（可不用）", "Other plans: days behind (may be off)"),
    "keep": ("保持类目标", "Keep targets"),
    "thresholds": ("单独规定的界限", "Thresholds of their own"),
    "persistence": ("持续：连续几期才降档", "Persistence: periods before a colour worsens"),
    "escalation": ("升级：连续几期从严一档", "Escalation: periods before one step worse"),
    "clauses": ("两条附加条款", "Two further clauses"),
    "lagging": ("滞后单位", "Lagging units"),
    "attention": ("重点调度事项", "Order of attention"),
    "peer_groups": ("分组排名", "Peer groups for ranking"),
    "other": ("其他", "Other"),
}
ENTRIES: dict[str, Words] = {
    "gap_points": ("一般界限", "thresholds for all"),
    "gap_points.behind": ("较序时不高于此数为滞后", "behind: a gap not above"),
    "gap_points.far_behind": ("较序时低于此数为严重滞后", "far behind: a gap below"),
    "step_days": ("节点和分步计划的界限", "thresholds of milestones and steps"),
    "step_days.behind_from": ("滞后满几天为滞后", "behind: days late from"),
    "step_days.far_behind_over": ("滞后超过几天为严重滞后", "far behind: days late over"),
    "slope_days": ("其他计划的天数界限", "days behind of other plans"),
    "slope_days.behind_from": ("滞后满几天为滞后", "behind: days from"),
    "slope_days.far_behind_over": ("滞后超过几天为严重滞后", "far behind: days over"),
    "slope_days.with_gap_points": ("同时差距不小于（百分点）", "only with a gap of at least (points)"),
    "keep": ("保持类界限", "margin of keep targets"),
    "keep.far_behind_beyond": ("未守住且超出多少为严重滞后", "far behind: missed by more than"),
    "about_tolerance_percent": ("约数目标到期容差（%）", "tolerance of about-targets (%)"),
    "over_mark_percent": ("完成率超过此数加注待核（%）", "completion marked for a look above (%)"),
    "reporting_gate_percent": ("报送率低于此数不评判、不排名（%）", "reporting gate (%)"),
    "lagging": ("滞后单位的认定", "when a unit is lagging"),
    "lagging.far_on_key": ("任一重点指标严重滞后即列为滞后单位", "far behind on any key indicator"),
    "lagging.share": ("滞后及以上占可评判目标的比例", "share of judged targets behind or worse"),
    "lagging.count": ("且不少于几项", "and at least so many"),
    "lagging.periods_running": ("同一目标连续几期滞后及以上", "same target behind for periods running"),
    "lagging.overdue_days": ("整改事项逾期超过几天", "an item overdue by more than days"),
    "attention": ("重点调度事项的次序", "order of attention"),
    "attention.order": ("各类的先后", "order of the classes"),
    "attention.limit": ("总览列出几项", "how many the overview lists"),
    "due_soon_days": ("整改事项几天内到期为临期", "items due soon within days"),
    "relapse_days": ("销号后几天内再现为反弹", "relapse within days of closing"),
    "minimum_n": ("公平比较的最小数量", "smallest n compared"),
    "thresholds": ("单独规定的界限", "thresholds of their own"),
    "persistence": ("持续", "persistence"),
    "persistence.periods": ("连续几期变差才降档（1为当期即降）", "periods in a row (1: at once)"),
    "escalation": ("升级", "escalation"),
    "escalation.after_periods": ("连续几期落后的从严一档", "one step worse after periods in a row"),
    "clauses": ("附加条款", "further clauses"),
    "clauses.not_begun": ("计划开始的月份未动的为滞后", "not begun in its planned month: behind"),
    "clauses.unexplained_periods": (
        "连续几期滞后又无已接收说明的为严重滞后",
        "behind for periods running without an accepted explanation: far behind",
    ),
    "peer_groups": ("分别排名的组", "groups that rank apart"),
    "number": ("文号", "number"),
    "title": ("标题", "title"),
    "valid_from": ("生效日", "day in force"),
    "author": ("登记人", "recorded by"),
}
SCOPES: dict[str, Words] = {
    "all": ("全部", "all"),
    "level": ("层级", "level"),
    "kind": ("单位类型", "kind of unit"),
    "tag": ("单位标签", "tag of units"),
    "indicator": ("指标", "indicator"),
}
MEASURES: dict[str, Words] = {
    "points": ("差距（百分点）", "gap (percentage points)"),
    "days": ("滞后天数", "days behind"),
    "ratio_percent": ("序时完成比（%）", "completion ÷ plan (%)"),
}
LIMIT_WORDS: dict[str, Words] = {
    "behind": ("滞后界限", "threshold of behind"),
    "far_behind": ("严重滞后界限", "threshold of far behind"),
    "behind_from": ("滞后满几天", "behind from days"),
    "far_behind_over": ("严重滞后超过几天", "far behind over days"),
}

# code: what is wrong (zh, en), how to mend it (zh, en).
FAULTS: dict[str, tuple[Words, Words]] = {
    "missing": (
        ("没有写", "is missing"),
        ("请补上；不启用的留空。", "Add it; leave it blank to switch it off."),
    ),
    "blank": (
        ("不能空白", "cannot be left blank"),
        ("这一项不能不启用，请填写。", "It cannot be off: fill it in."),
    ),
    "unknown": (
        ("不是规则项", "is unknown"),
        ("请使用手册列出的规则项。", "Use the entries that the manual lists."),
    ),
    "not_a_group": (("应是一组规则项", "must be a group of entries"), ("请逐项填写。", "Give its entries.")),
    "wrong_type": (
        ("不能是“{found}”", "cannot be “{found}”"),
        ("请填{wanted}。", "It takes {wanted_en}."),
    ),
    "not_whole": (
        ("应为整数，现为 {found}", "must be a whole number, not {found}"),
        ("请去掉小数。", "Leave the decimals off."),
    ),
    "too_small": (
        ("不能小于 {low}，现为 {found}", "must not be below {low}, it is {found}"),
        ("请改为不小于 {low} 的数。", "Write {low} or more."),
    ),
    "out_of_range": (
        ("应在 {low} 至 {high} 之间，现为 {found}", "must lie between {low} and {high}, it is {found}"),
        ("请改为这个范围内的数。", "Write a number in this range."),
    ),
    "gap_order": (
        (
            "严重滞后的界限应低于滞后的界限，滞后的界限不能大于 0；现为 {far} 和 {behind}",
            "needs far_behind < behind <= 0; they are {far} and {behind}",
        ),
        ("落后写负数，如滞后 −10、严重滞后 −30。", "Behind is negative: behind −10, far behind −30."),
    ),
    "days_order": (
        (
            "应满足 1 ≤ 滞后天数 ≤ 严重滞后天数；现为 {behind} 和 {far}",
            "needs 1 <= behind <= far behind; they are {behind} and {far}",
        ),
        ("如滞后满 1 天、严重滞后超过 30 天。", "Such as behind from 1 day, far behind over 30."),
    ),
    "ratio_order": (
        (
            "应满足 0 ≤ 严重滞后 < 滞后 ≤ 100；现为 {far} 和 {behind}",
            "needs 0 <= far_behind < behind <= 100; they are {far} and {behind}",
        ),
        ("如滞后 90、严重滞后 70。", "Such as behind 90, far behind 70."),
    ),
    "share": (
        ("不是大于 0、不超过 1 的分数：{found}", "is not a fraction above 0 and up to 1: {found}"),
        ("请写成 1/3 这样的分数。", "Write a fraction such as 1/3."),
    ),
    "order": (
        ("应把四类各写一次，现为 {found}", "must name each class once, it is {found}"),
        (
            "四类是：重点指标严重滞后 far_on_key、其他严重滞后 far、整改逾期 overdue、滞后 behind。",
            "The classes are far_on_key, far, overdue, behind.",
        ),
    ),
    "one_measure": (
        (
            "应只按一种尺度（百分点、天数或序时完成比）",
            "must be measured in one way: points, days or ratio_percent",
        ),
        ("请只保留一种尺度的两个界限。", "Keep the two thresholds of one of them."),
    ),
    "points_for_all": (
        ("对全部按百分点的，应写在一般界限里", "for all, points stand under gap_points"),
        ("请改写一般界限的两个数。", "Change the two figures of gap_points."),
    ),
    "unknown_level": (
        ("层级只有县、乡镇、村，现为“{found}”", "a level is county, township or village, not “{found}”"),
        ("请写 county、township 或 village。", "Write county, township or village."),
    ),
    "empty_name": (
        ("有空白的名称", "holds a blank name"),
        ("请写明名称，或删去这一条。", "Name it, or take it out."),
    ),
    "named_twice": (
        ("“{found}”写了两次", "names “{found}” twice"),
        ("请只保留一次。", "Keep it once."),
    ),
    "escalates_too_soon": (
        (
            "升级的期数（{found}）应大于降档的期数（{low}），且不小于 2",
            "({found}) must be above the periods of persistence ({low}), and at least 2",
        ),
        ("请加大升级的期数，或减小降档的期数。", "Raise it, or lower the periods of persistence."),
    ),
    "clause_too_soon": (
        (
            "期数（{found}）不应小于降档的期数（{low}）",
            "({found}) must not be below the periods of persistence ({low})",
        ),
        ("请加大这个期数，或减小降档的期数。", "Raise it, or lower the periods of persistence."),
    ),
    "too_long": (
        ("期数最多 12，现为 {found}", "is at most 12 periods, it is {found}"),
        ("一年只有 12 期。", "A year has 12 periods."),
    ),
    "needed": (("没有填写", "is missing"), ("请填写。", "Fill it in.")),
    "no_day": (
        ("不是日期：{found}", "is no day: {found}"),
        ("请写成 2026-11-01 这样的日期。", "Write a day such as 2026-11-01."),
    ),
    "unreadable": (
        ("规则内容无法读取", "cannot be read"),
        ("请重新导入这份规则文件。", "Import this rule document again."),
    ),
}
WANTED: dict[str, Words] = {
    "number": ("数", "a number"),
    "mark": ("是或否", "yes or no"),
    "text": ("文字", "text"),
    "names": ("用、分隔的文字", "texts separated by 、"),
}
