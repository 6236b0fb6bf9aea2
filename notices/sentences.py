"""The sentences of a notice: what ships, what a county may write instead, and how gaps are filled with figures.

A sentence is Chinese prose with gaps in braces, `{完成率}`. Each knows which gaps it may use; a county's own
wording is checked before it is kept, so that a paper never fails on it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter

from notices.content import Run, Runs

LONGEST = 500


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: what it is for (both languages), its shipped text, the gaps it may use beside `SHARED`.

    `may_be_empty`: a county that wants nothing said there may leave it empty.
    """

    purpose: tuple[str, str]
    text: str
    gaps: tuple[str, ...]
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """What is wrong with a wording: `code` is unknown_gap, broken_braces, empty or too_long."""

    code: str
    found: str = ""


GAP_UNIT, GAP_INDICATOR, GAP_DAYS = "单位", "指标", "滞后天数"
# The gaps that every sentence may use, and those of a target, with the figure that fills them.
SHARED: dict[str, tuple[str, ...]] = {
    "年度": ("frame", "year"),
    "县": ("frame", "county"),
    "截至": ("frame", "as_of"),
    "时段": ("frame", "span"),
    "乡镇数": ("units", "townships"),
    "乡镇": ("units", "kinds"),
}
OF_A_TARGET = {
    "全年目标": "target",
    "实际完成": "actual",
    "达到情况": "reached",
    "完成率": "completion",
    "序时进度": "planned",
    "较序时": "gap",
    GAP_DAYS: "days",
    "后续月均": "need",
    "状态": "state",
    "附注": "beside",
    "完成时限": "deadline",
}
OF_WHO_IS_IN = {"已报单位数": "units_in", "应报单位数": "units_owed"}
OF_WHAT_IS_IN = {"已报目标": "target_in", "已报完成": "actual_in"}
# What follows the reason that a unit gives: the sentence, its gap, the part of the explanation.
FURTHER_SAID = (
    ("quote_measure", "措施", "measure"),
    ("quote_day", "时限", "promised_day"),
    ("quote_waits", "协调", "waits_on"),
)
_TARGET = (GAP_INDICATOR, GAP_UNIT, *OF_A_TARGET)
SENTENCES: dict[str, Sentence] = {
    "title": Sentence(("标题", "the title"), "关于{年度}{时段}目标任务进展情况的通报", ()),
    "subtitle": Sentence(("标题下的日期", "the day under the title"), "（截至{截至}）", (), True),
    "opening": Sentence(
        ("第一段：谁、何时、怎样核查", "who checked, when and how"),
        "{检查时间}，{检查单位}{检查方式}，对全县{乡镇数}个{乡镇}、{指标数}项目标任务的进展情况进行了核查。"
        "现将截至{截至}的有关情况通报如下。",
        ("检查时间", "检查单位", "检查方式", "指标数"),
    ),
    "basis": Sentence(
        ("数据来源和评判依据", "where the figures come from and by which rule"),
        "本通报数据取自各单位报送并经接收的报表，数据时点为{数据时点}；评判依据为《{规则}》（{文号}）；比率四舍五入列示，差距按精确值计算。",
        ("数据时点", "规则", "文号"),
    ),
    "overall_heading": Sentence(("标题：总体情况", "heading: the whole"), "总体情况", ()),
    "overall": Sentence(
        ("全县乡镇目标按状态", "the townships' targets by state"),
        "全县{乡镇}应评判目标{总数}项，其中{分布}。另有{不评判}项因未到期、无任务等不参与评判。",
        ("总数", "分布", "不评判"),
    ),
    "overall_doubted": Sentence(
        ("数据存疑的目标", "targets whose data are in doubt"),
        "已评判目标中有{存疑}项数据存疑，待核实。",
        ("存疑",),
        True,
    ),
    "overall_county": Sentence(
        ("县级指标", "the county's own figures"),
        "县级指标应评判{总数}项，其中{分布}。",
        ("总数", "分布", "正常", "滞后"),
    ),
    "overall_reports": Sentence(
        ("报送情况", "reporting"),
        "本期应报数据{应报}项，已报{已报}项{其中待审}，报送率{报送率}。",
        ("应报", "已报", "其中待审", "报送率"),
    ),
    "overall_items": Sentence(
        ("整改情况", "rectification"),
        "整改事项在办{在办}件，其中临期{临期}件、逾期{逾期}件，累计销号率{销号率}。",
        ("在办", "临期", "逾期", "销号率"),
    ),
    "indicators_heading": Sentence(("标题：主要指标", "heading: key figures"), "主要指标进展情况", ()),
    "indicator": Sentence(
        ("一项指标（有序时进度的）", "one figure with a plan"),
        "全年目标{全年目标}，实际完成{实际完成}，完成率{完成率}，{较序时}。",
        _TARGET,
    ),
    "indicator_in": Sentence(
        ("一项指标（有序时进度，尚有单位未报）", "one figure with a plan of which units are missing"),
        "全年目标{全年目标}，实际完成{实际完成}；按已报单位（{已报单位数}/{应报单位数}）计，目标{已报目标}、"
        "完成{已报完成}，完成率{完成率}，{较序时}。",
        (*_TARGET, *OF_WHO_IS_IN, *OF_WHAT_IS_IN),
    ),
    "indicator_duty": Sentence(
        ("一项指标（按频次考核的）", "one figure of what is owed once a period"),
        "全年目标{全年目标}，{附注}，实际完成{实际完成}，完成率{完成率}，{较序时}。",
        _TARGET,
    ),
    "indicator_other": Sentence(
        ("一项指标（其他）", "one figure of another kind"),
        "目标{全年目标}，现状{实际完成}，{状态}。",
        _TARGET,
    ),
    "indicator_text": Sentence(
        ("一项指标（文字表述的）", "one figure in words"),
        "要求“{全年目标}”，目前{达到情况}，{状态}。",
        _TARGET,
    ),
    "indicator_part": Sentence(
        ("一项指标（尚有单位未报）", "one figure of which units are still missing"),
        "目标{全年目标}，已报单位（{已报单位数}/{应报单位数}）为{实际完成}，{状态}。",
        (*_TARGET, *OF_WHO_IS_IN),
    ),
    "indicator_part_in": Sentence(
        ("一项要守住的指标（尚有单位未报）", "one figure to be kept of which units are missing"),
        "目标{全年目标}；按已报单位（{已报单位数}/{应报单位数}）计，目标{已报目标}、实际{已报完成}，{状态}。",
        (*_TARGET, *OF_WHO_IS_IN, *OF_WHAT_IS_IN),
    ),
    "indicator_over": Sentence(
        ("接在后面的完成时限（已过期、未完成）", "the deadline that has passed"),
        "应于{完成时限}前完成，{状态}。",
        _TARGET,
        True,
    ),
    "indicator_deadline": Sentence(
        ("接在状态后面的完成时限（已过期、未完成）", "the deadline that has passed, after the state"),
        "应于{完成时限}前完成。",
        _TARGET,
        True,
    ),
    "indicator_silent": Sentence(
        ("一项指标（没有数据或目标）", "one figure without data or target"),
        "{状态}。",
        ("指标", "状态", "单位"),
    ),
    "indicator_behind": Sentence(
        ("该指标滞后的乡镇", "the townships behind on it"), "滞后的有{名单}。", ("名单", "指标")
    ),
    "indicator_behind_over": Sentence(
        ("该指标滞后的乡镇（有的已过期、未完成）", "the townships behind on it, some past its deadline"),
        "滞后或未完成的有{名单}。",
        ("名单", "指标"),
    ),
    "praise_heading": Sentence(("标题：进展较好", "heading: what goes well"), "进展较好的单位", ()),
    "praise": Sentence(
        ("进展较好的单位", "a unit that does well"),
        "应评判目标{应评判}项，完成和达序时{达序时}项，达序时率{达序时率}。",
        ("单位", "应评判", "达序时", "达序时率", "位次"),
    ),
    "praise_doubted": Sentence(
        ("进展较好而数据存疑的单位", "a unit that does well on data in doubt"),
        "其中{存疑}项数据存疑，待核实。",
        ("单位", "存疑"),
        True,
    ),
    "problems_heading": Sentence(("标题：存在的问题", "heading: problems"), "存在的主要问题", ()),
    "behind_heading": Sentence(("小标题：进度滞后", "topic: behind plan"), "部分单位进度滞后", ()),
    "behind_criticism": Sentence(
        ("点名通报的引语", "before units are criticised"),
        "按照评判规则，以下{滞后单位数}个单位列为滞后单位，予以通报：",
        ("滞后单位数",),
    ),
    "behind_neutral": Sentence(
        ("不点名批评时的引语", "before units are listed without criticism"),
        "按照评判规则，以下{滞后单位数}个单位列为滞后单位，情况如下：",
        ("滞后单位数",),
    ),
    "behind_none": Sentence(("没有滞后单位", "no unit lags"), "按照评判规则，没有单位列为滞后单位。", ()),
    "unit": Sentence(
        ("一个滞后单位", "one lagging unit"),
        "应评判目标{应评判}项，其中滞后、严重滞后和未完成共{滞后}项；列入原因：{列入原因}。",
        ("单位", "应评判", "滞后", "达序时率", "责任人", "列入原因"),
    ),
    "unit_items": Sentence(
        ("滞后单位所辖村的逾期整改事项", "overdue items of the villages of a lagging unit"),
        "所辖村另有逾期整改事项{所辖村逾期}件，不作为列入原因。",
        ("单位", "所辖村逾期"),
        True,
    ),
    "target": Sentence(
        ("滞后的一项目标（有序时进度的）", "one target behind its plan"),
        "“{指标}”完成率{完成率}，{较序时}",
        _TARGET,
    ),
    "target_duty": Sentence(
        ("滞后的一项目标（按频次考核的）", "one target of what is owed once a period"),
        "“{指标}”{附注}，实际完成{实际完成}，完成率{完成率}，{较序时}",
        _TARGET,
    ),
    "target_days": Sentence(
        ("接在后面的滞后天数", "the days after it"), "（滞后{滞后天数}）", ("滞后天数",), True
    ),
    "target_other": Sentence(
        ("滞后的一项目标（其他）", "one target of another kind"),
        "“{指标}”目标{全年目标}，现状{实际完成}，{状态}",
        _TARGET,
    ),
    "target_over": Sentence(
        ("接在后面的完成时限（已过期、未完成）", "the deadline that has passed"),
        "，应于{完成时限}前完成，{状态}",
        _TARGET,
        True,
    ),
    "target_deadline": Sentence(
        ("接在状态后面的完成时限（已过期、未完成）", "the deadline that has passed, after the state"),
        "（应于{完成时限}前完成）",
        _TARGET,
        True,
    ),
    "target_beside": Sentence(("接在后面的余量、尚差", "what stands beside it"), "，{附注}", ("附注",), True),
    "target_text": Sentence(
        ("滞后的一项目标（文字表述的）", "one target in words"),
        "“{指标}”要求“{全年目标}”，目前{达到情况}，{状态}",
        _TARGET,
    ),
    "target_bare": Sentence(
        ("滞后的一项目标（没有数的）", "one target without a figure"),
        "“{指标}”{状态}",
        ("指标", "状态", "单位"),
    ),
    "quote": Sentence(
        ("单位的说明", "what the unit says"), "该单位对“{指标}”的说明：“{原因}”。", ("指标", "原因")
    ),
    "quote_measure": Sentence(("措施", "what it does about it"), "拟采取措施：“{措施}”。", ("措施",), True),
    "quote_day": Sentence(("预计达序时", "its promise"), "预计{时限}达序时。", ("时限",), True),
    "quote_day_past": Sentence(
        ("已过期的预计达序时", "a promise that has passed"), "原预计{时限}达序时，未实现。", ("时限",), True
    ),
    "quote_waits": Sentence(("需协调", "what it waits on"), "需协调事项：“{协调}”。", ("协调",), True),
    "items_heading": Sentence(("小标题：整改逾期", "topic: overdue items"), "部分问题整改逾期", ()),
    "items_class": Sentence(
        ("一类逾期问题", "one class of overdue items"), "{类别}{件数}件，", ("类别", "件数")
    ),
    "items_example": Sentence(
        ("举例", "an example"),
        "{单位}“{问题}”（{编号}），应于{期限}完成整改，已逾期{逾期天数}",
        ("单位", "问题", "编号", "期限", "逾期天数", "责任部门"),
    ),
    "items_example_titled": Sentence(
        ("举例（问题名称已含单位）", "an example whose title names the unit"),
        "“{问题}”（{编号}），应于{期限}完成整改，已逾期{逾期天数}",
        ("单位", "问题", "编号", "期限", "逾期天数", "责任部门"),
    ),
    "items_example_bare": Sentence(
        ("举例（问题名称不宜公开）", "an example whose title is not quoted"),
        "{单位}{编号}号事项，应于{期限}完成整改，已逾期{逾期天数}",
        ("单位", "编号", "期限", "逾期天数", "责任部门"),
    ),
    "silent_heading": Sentence(("小标题：未按要求报送", "topic: not reported"), "部分单位未按要求报送", ()),
    "silent": Sentence(
        ("报送不足的单位", "units below the reporting gate"),
        "以下单位报送率低于{门槛}，不参与滞后评判：{名单}。",
        ("门槛", "名单"),
    ),
    "silent_ranked": Sentence(
        ("报送不足的单位（排名的）", "units below the reporting gate, where others are ranked"),
        "以下单位报送率低于{门槛}，不参与排名和滞后评判：{名单}。",
        ("门槛", "名单"),
    ),
    "silent_unit": Sentence(
        ("其中一个单位", "one of them"), "{单位}（应报数据{应报}项，已报{已报}项）", ("单位", "应报", "已报")
    ),
    "silent_some": Sentence(
        ("个别目标未报的单位", "units with single targets not reported"),
        "个别目标未报的有：{名单}。",
        ("名单",),
    ),
    "silent_some_unit": Sentence(("其中一个单位", "one of them"), "{单位}{未报}项", ("单位", "未报")),
    "demands_heading": Sentence(("标题：下一步要求", "heading: what is asked"), "下一步工作要求", ()),
    "demand": Sentence(
        ("一条要求", "one demand"),
        "{要求}（责任单位：{责任单位}；时限：{时限}）",
        ("要求", "责任单位", "时限"),
    ),
}


def faults(key: str, text: str) -> list[TemplateFault]:
    """What is wrong with a county's wording of a sentence; KeyError for a sentence there is not."""
    sentence = SENTENCES[key]
    if not text.strip():
        return [] if sentence.may_be_empty else [TemplateFault("empty")]
    if len(text) > LONGEST:
        return [TemplateFault("too_long", str(len(text)))]
    try:
        pieces = list(Formatter().parse(text))
    except ValueError:
        return [TemplateFault("broken_braces")]
    found = []
    for _, gap, form, conversion in pieces:
        if gap is None:
            continue
        if form or conversion or not gap:
            found.append(TemplateFault("broken_braces"))
        elif gap not in sentence.gaps and gap not in SHARED:
            found.append(TemplateFault("unknown_gap", gap))
    return found


def fill(text: str, values: Mapping[str, Run | Runs]) -> Runs:
    """A wording with its gaps filled; KeyError for a gap without a value."""
    out: list[Run] = []
    for before, gap, _, _ in Formatter().parse(text):
        if before:
            out.append(Run(before))
        if gap is not None:
            value = values[gap]
            out.extend((value,) if isinstance(value, Run) else value)
    return tuple(out)


def gaps_of(text: str) -> set[str]:
    """The gaps that a wording uses."""
    return {gap for _, gap, _, _ in Formatter().parse(text) if gap}


def listed(parts: Iterable[Runs], pause: str) -> Runs:
    """Several pieces in a row with a mark between them."""
    out: list[Run] = []
    for part in parts:
        if out:
            out.append(Run(pause))
        out.extend(part)
    return tuple(out)
