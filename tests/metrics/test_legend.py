"""The rules in words: the whole text of several documents, in both languages, every edge and every sign."""

from datetime import date
from typing import Any

import pytest

from metrics.legend import (
    attention_rule,
    document_line,
    lagging_rule,
    legend,
    notes,
    own_thresholds,
    period_rules,
    rank_rule,
    rule_of,
)
from metrics.rules import DEFAULT_CONTENT, DEFAULT_RULES, Rules, parse_rules
from metrics.words import Lang

# Everything on that the shipped rules have off.
FULL = parse_rules(
    "云督〔2026〕9号",
    "督查办法",
    DEFAULT_CONTENT
    | {
        "slope_days": {"behind_from": 45, "far_behind_over": None, "with_gap_points": 2},
        "persistence": {"periods": 2},
        "escalation": {"after_periods": 4},
        "clauses": {"not_begun": True, "unexplained_periods": 3},
        "peer_groups": ["山区", "乡/镇"],
        "thresholds": {
            "level": {"village": {"points": {"behind": -5, "far_behind": -15}}},
            "tag": {"山区": {"ratio_percent": {"behind": 90, "far_behind": 70}}},
            "indicator": {"ZF01": {"days": {"behind_from": 10, "far_behind_over": 40}}},
        },
    },
    valid_from=date(2026, 11, 1),
)
# Every number another one.
OTHER = parse_rules(
    "云督〔2026〕8号",
    "办法",
    DEFAULT_CONTENT
    | {
        "gap_points": {"behind": -7.5, "far_behind": -22},
        "step_days": {"behind_from": 3, "far_behind_over": 20},
        "slope_days": {"behind_from": None, "far_behind_over": 60, "with_gap_points": 1.5},
        "keep": {"far_behind_beyond": 2.5},
        "about_tolerance_percent": 3,
        "over_mark_percent": 120,
        "reporting_gate_percent": 75,
        "lagging": {
            "far_on_key": False,
            "share": "1/4",
            "count": 3,
            "periods_running": 4,
            "overdue_days": 45,
        },
        "attention": {"order": ["overdue", "far_on_key", "far", "behind"], "limit": 5},
        "escalation": {"after_periods": 2},
        "peer_groups": ["山区"],
    },
    valid_from=date(2026, 1, 5),
)


def printed(rules: Rules, lang: Lang) -> list[str]:
    """A document as it is printed, line by line."""
    return [
        document_line(rules, lang),
        *(f"{state}: {words}" for state, words in legend(rules, lang)),
        *own_thresholds(rules, lang, {"ZF01": "危房改造"}),
        *notes(rules, lang),
        lagging_rule(rules, lang),
        rank_rule(rules, lang),
        attention_rule(rules, lang),
    ]


def told_apart(rules: Rules, lang: Lang) -> tuple[list[str], int]:
    """The lines that the shipped rules do not have, and how many of theirs are gone."""
    shipped, held = printed(DEFAULT_RULES, lang), printed(rules, lang)
    return [line for line in held if line not in shipped], sum(line not in held for line in shipped)


SHIPPED: dict[Lang, list[str]] = {
    "zh": [
        "软件默认规则（县里尚无规则文件）",
        "done: 完成率 ≥ 100%",
        "on_plan: 较序时 ≥ 0",
        "slightly_behind: −10 < 较序时 < 0（个百分点）",
        "behind: −30 ≤ 较序时 ≤ −10（个百分点）",
        "far_behind: 较序时 < −30（个百分点）",
        "unfinished: 到完成时限仍未完成",
        "节点和分步计划按滞后天数：1 ≤ 天数 ≤ 30 为滞后，天数 > 30 为严重滞后，不足1天为略滞后",
        "保持类：守住为达标，未守住为滞后",
        "按整户、整人、整个计数的，缺口不足1为达序时",
        "“约”数目标到期缺口不超过5%为已完成",
        "已报单位所占目标低于80%的，上级为未报",
        "完成率超过150%的加注待核",
        (
            "滞后单位：任一重点指标严重滞后；或滞后及以上不少于可评判考核目标的1/3且不少于2项；"
            "或同一目标连续3期滞后及以上；或本单位的整改事项逾期超过30天。乡镇报送率低于80%的不列入，单列为报送不足"
        ),
        (
            "排名：达序时率=（已完成+达序时）÷可评判考核目标数；相同的，严重滞后少者在前；仍相同的，"
            "名次并列。报送率低于80%的单位不参与排名，单列。"
        ),
        "重点调度顺序：重点指标严重滞后、其他指标严重滞后、整改事项逾期、滞后；同类按占全县缺口的比重。",
    ],
    "en": [
        "shipped default rules (no document of the county)",
        "done: completion ≥ 100 %",
        "on_plan: gap to plan ≥ 0",
        "slightly_behind: −10 < gap < 0 (percentage points)",
        "behind: −30 ≤ gap ≤ −10 (percentage points)",
        "far_behind: gap < −30 (percentage points)",
        "unfinished: not done at the target's deadline",
        (
            "milestones and stepped plans by days late: 1 ≤ days ≤ 30 behind, days > 30 far behind, less "
            "than 1 slightly behind"
        ),
        "keep targets: kept, or behind",
        "whole things: a shortfall of less than one is on plan",
        "about-targets: done at the deadline with a shortfall of at most 5%",
        "a parent is not judged while those that reported hold less than 80%",
        "completion above 150% is marked for a look",
        (
            "Lagging: far behind on any key indicator; or at least 1/3 and at least 2 of the judged "
            "principal targets behind or worse; or the same target behind or worse for 3 periods running; "
            "or a rectification item of its own overdue by more than 30 days. Townships that reported less "
            "than 80% are not listed but stand apart"
        ),
        (
            "Rank: share on plan = (done + on plan) ÷ judged principal targets; if equal, fewer far behind "
            "first; if still equal, the rank is shared. Units that reported less than 80% stand apart."
        ),
        (
            "Order of attention: far behind on a key indicator, far behind on any other, overdue "
            "rectification item, behind; within each by share of the shortfall."
        ),
    ],
}


def test_a_title_in_the_title_of_a_document_has_the_inner_marks() -> None:
    rules = parse_rules(
        "云督〔2026〕9号", "关于印发《督查办法》的通知", DEFAULT_CONTENT, valid_from=date(2026, 1, 1)
    )
    assert document_line(rules, "zh").startswith("《关于印发〈督查办法〉的通知》（云督〔2026〕9号）")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_shipped_rules_as_they_are_printed(lang: Lang) -> None:
    assert printed(DEFAULT_RULES, lang) == SHIPPED[lang]


FULLER: dict[Lang, list[str]] = {
    "zh": [
        "《督查办法》（云督〔2026〕9号），自2026年11月1日起执行",
        "behind: −30 ≤ 较序时 ≤ −10（个百分点），或45 ≤ 滞后天数",
        (
            "层级“村”：略滞后 −5 < 较序时 < 0（个百分点）；滞后 −15 ≤ 较序时 ≤ −5（个百分点）；严重滞后 "
            "较序时 < −15（个百分点）；节点和分步计划按一般的天数界限"
        ),
        (
            "单位标签“山区”：略滞后 90% < 序时完成比 < 100%；滞后 70% ≤ 序时完成比 ≤ 90%；严重滞后 "
            "序时完成比 < 70%；节点和分步计划按一般的天数界限"
        ),
        (
            "指标“危房改造”：略滞后 较序时 < 0、滞后不足 10 天；滞后 10 ≤ 滞后天数 ≤ 40；严重滞后 滞后天数 "
            "> 40；节点和分步计划同此"
        ),
        "其他计划的滞后天数须同时差距不小于2个百分点才计",
        "持续：连续2期变差才降档，好转当期恢复；不足2期的保持原档，年初为达序时",
        "升级：连续4期略滞后及以上的，按其中最好的一期从严一档",
        "计划开始的月份结束时仍未动的，至少为滞后",
        "连续3期滞后及以上、又没有已接收原因说明的，为严重滞后",
        "一期未报不计入也不中断，两期未报即中断",
        (
            "排名：达序时率=（已完成+达序时）÷可评判考核目标数；相同的，严重滞后少者在前；仍相同的，"
            "名次并列。报送率低于80%的单位不参与排名，单列。山区、乡/镇分别排名，其余单位另为一组。"
        ),
    ],
    "en": [
        "督查办法 (云督〔2026〕9号), in force from 2026-11-01",
        "behind: −30 ≤ gap ≤ −10 (percentage points), or 45 ≤ days behind",
        (
            "level “village”: slightly behind −5 < gap < 0 (percentage points); behind −15 ≤ gap ≤ −5 "
            "(percentage points); far behind gap < −15 (percentage points); milestones and steps by the "
            "days for all"
        ),
        (
            "tag of units “山区”: slightly behind 90 % < completion ÷ plan < 100 %; behind 70 % ≤ "
            "completion ÷ plan ≤ 90 %; far behind completion ÷ plan < 70 %; milestones and steps by the "
            "days for all"
        ),
        (
            "indicator “危房改造”: slightly behind gap < 0 and less than 10 days behind; behind 10 ≤ days "
            "behind ≤ 40; far behind days behind > 40; milestones and steps alike"
        ),
        "on other plans days behind count only together with a gap of at least 2 points",
        (
            "persistence: a colour worsens after 2 periods in a row and improves at once; before that it "
            "stays, at the start of the year on plan"
        ),
        "escalation: slightly behind or worse for 4 periods in a row is one step worse than the best of them",
        "not begun by the end of its planned month: behind at least",
        "behind or worse for 3 periods running without an accepted explanation: far behind",
        "one period without a report neither counts nor breaks a run, two do",
        (
            "Rank: share on plan = (done + on plan) ÷ judged principal targets; if equal, fewer far behind "
            "first; if still equal, the rank is shared. Units that reported less than 80% stand apart. "
            "山区, 乡/镇 rank apart, all others as a group of their own."
        ),
    ],
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_document_that_sets_everything_as_it_is_printed(lang: Lang) -> None:
    assert told_apart(FULL, lang) == (FULLER[lang], 3)


OTHERS: dict[Lang, list[str]] = {
    "zh": [
        "《办法》（云督〔2026〕8号），自2026年1月5日起执行",
        "slightly_behind: −7.5 < 较序时 < 0（个百分点）",
        "behind: −22 ≤ 较序时 ≤ −7.5（个百分点）",
        "far_behind: 较序时 < −22（个百分点），或滞后天数 > 60",
        "节点和分步计划按滞后天数：3 ≤ 天数 ≤ 20 为滞后，天数 > 20 为严重滞后，不足3天为略滞后",
        "保持类：守住为达标，未守住为滞后，超出 2.5 以上为严重滞后",
        "其他计划的滞后天数须同时差距不小于1.5个百分点才计",
        "“约”数目标到期缺口不超过3%为已完成",
        "已报单位所占目标低于75%的，上级为未报",
        "完成率超过120%的加注待核",
        "升级：连续2期略滞后及以上的，按其中最好的一期从严一档",
        "一期未报不计入也不中断，两期未报即中断",
        (
            "滞后单位：滞后及以上不少于可评判考核目标的1/4且不少于3项；或同一目标连续4期滞后及以上；"
            "或本单位的整改事项逾期超过45天。乡镇报送率低于75%的不列入，单列为报送不足"
        ),
        (
            "排名：达序时率=（已完成+达序时）÷可评判考核目标数；相同的，严重滞后少者在前；仍相同的，"
            "名次并列。报送率低于75%的单位不参与排名，单列。山区分别排名，其余单位另为一组。"
        ),
        "重点调度顺序：整改事项逾期、重点指标严重滞后、其他指标严重滞后、滞后；同类按占全县缺口的比重。",
    ],
    "en": [
        "办法 (云督〔2026〕8号), in force from 2026-01-05",
        "slightly_behind: −7.5 < gap < 0 (percentage points)",
        "behind: −22 ≤ gap ≤ −7.5 (percentage points)",
        "far_behind: gap < −22 (percentage points), or days behind > 60",
        (
            "milestones and stepped plans by days late: 3 ≤ days ≤ 20 behind, days > 20 far behind, less "
            "than 3 slightly behind"
        ),
        "keep targets: kept, or behind; far behind when missed by more than 2.5",
        "on other plans days behind count only together with a gap of at least 1.5 points",
        "about-targets: done at the deadline with a shortfall of at most 3%",
        "a parent is not judged while those that reported hold less than 75%",
        "completion above 120% is marked for a look",
        "escalation: slightly behind or worse for 2 periods in a row is one step worse than the best of them",
        "one period without a report neither counts nor breaks a run, two do",
        (
            "Lagging: at least 1/4 and at least 3 of the judged principal targets behind or worse; or the "
            "same target behind or worse for 4 periods running; or a rectification item of its own overdue "
            "by more than 45 days. Townships that reported less than 75% are not listed but stand apart"
        ),
        (
            "Rank: share on plan = (done + on plan) ÷ judged principal targets; if equal, fewer far behind "
            "first; if still equal, the rank is shared. Units that reported less than 75% stand apart. "
            "山区 rank apart, all others as a group of their own."
        ),
        (
            "Order of attention: overdue rectification item, far behind on a key indicator, far behind on "
            "any other, behind; within each by share of the shortfall."
        ),
    ],
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_document_with_other_numbers_as_it_is_printed(lang: Lang) -> None:
    assert told_apart(OTHER, lang) == (OTHERS[lang], 12)


DONE = {"zh": "已完成 完成率 ≥ 100%", "en": "done completion ≥ 100 %"}
UNFINISHED = {"zh": "未完成 到完成时限仍未完成", "en": "not finished not done at the target's deadline"}
SLOPE = {
    "zh": "达序时 较序时 ≥ 0；略滞后 −10 < 较序时 < 0（个百分点）；滞后 −30 ≤ 较序时 ≤ −10（个百分点）{}；"
    "严重滞后 较序时 < −30（个百分点）",
    "en": "on plan gap to plan ≥ 0; slightly behind −10 < gap < 0 (percentage points); "
    "behind −30 ≤ gap ≤ −10 (percentage points){}; far behind gap < −30 (percentage points)",
}
DAYS = {"zh": "，或45 ≤ 滞后天数", "en": ", or 45 ≤ days behind"}
STEPS = {
    "zh": "节点和分步计划按滞后天数：1 ≤ 天数 ≤ 30 为滞后，天数 > 30 为严重滞后，不足1天为略滞后",
    "en": "milestones and stepped plans by days late: 1 ≤ days ≤ 30 behind, days > 30 far behind, "
    "less than 1 slightly behind",
}
WHOLE = {
    "zh": "按整户、整人、整个计数的，缺口不足1为达序时",
    "en": "whole things: a shortfall of less than one is on plan",
}
WITH_GAP = {
    "zh": "其他计划的滞后天数须同时差距不小于2个百分点才计",
    "en": "on other plans days behind count only together with a gap of at least 2 points",
}
NOT_BEGUN = {
    "zh": "计划开始的月份结束时仍未动的，至少为滞后",
    "en": "not begun by the end of its planned month: behind at least",
}
BETWEEN = {"zh": "；", "en": "; "}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("kind", "is_stepped", "is_whole", "shipped", "full"),
    [
        ("accumulate", False, False, [], [WITH_GAP, NOT_BEGUN]),
        ("accumulate", False, True, [WHOLE], [WITH_GAP, WHOLE, NOT_BEGUN]),
        (None, False, False, [], [WITH_GAP, NOT_BEGUN]),
        ("accumulate", True, True, [STEPS, WHOLE], [STEPS, WHOLE, NOT_BEGUN]),
        ("milestone", False, False, [STEPS], [STEPS]),
    ],
)
def test_a_target_is_told_the_thresholds_that_decide_it_and_no_others(
    lang: Lang, kind: str | None, is_stepped: bool, is_whole: bool, shipped: Any, full: Any
) -> None:
    for rules, days, further in ((DEFAULT_RULES, "", shipped), (FULL, DAYS[lang], full)):
        slope = [] if STEPS in further else [SLOPE[lang].format(days)]
        expected = [DONE[lang], *slope, UNFINISHED[lang], *(words[lang] for words in further)]
        told = rule_of(rules, lang, kind=kind, is_stepped=is_stepped, is_whole=is_whole)
        assert told == BETWEEN[lang].join(expected)


def test_a_keep_target_is_told_its_margin_and_nothing_else() -> None:
    given: dict[str, Any] = {"kind": "keep", "is_stepped": False, "is_whole": True}
    assert rule_of(FULL, "zh", **given) == "保持类：守住为达标，未守住为滞后"
    assert rule_of(FULL, "en", **given) == "keep targets: kept, or behind"
    assert rule_of(OTHER, "zh", **given) == "保持类：守住为达标，未守住为滞后，超出 2.5 以上为严重滞后"


def test_a_cell_is_told_the_thresholds_of_its_own() -> None:
    own = FULL.own.of_indicator("ZF01")
    told = rule_of(FULL, "zh", limits=own, kind="accumulate", is_stepped=False, is_whole=False)
    assert told == (
        "已完成 完成率 ≥ 100%；达序时 较序时 ≥ 0；略滞后 较序时 < 0、滞后不足 10 天；滞后 10 ≤ 滞后天数 ≤ 40；"
        "严重滞后 滞后天数 > 40；未完成 到完成时限仍未完成；其他计划的滞后天数须同时差距不小于2个百分点才计；"
        "计划开始的月份结束时仍未动的，至少为滞后"
    )
    stepped = rule_of(FULL, "zh", limits=own, kind="accumulate", is_stepped=True, is_whole=False)
    assert "10 ≤ 天数 ≤ 40 为滞后" in stepped


def test_what_periods_do_is_told_from_the_second_on() -> None:
    assert period_rules(DEFAULT_RULES, "zh") == ()
    twice = parse_rules("r", "t", DEFAULT_CONTENT | {"persistence": {"periods": 2}})
    assert [told[:5] for told in period_rules(twice, "zh")] == ["持续：连续", "一期未报不"]


def test_an_indicator_without_a_name_is_told_by_its_code() -> None:
    assert own_thresholds(FULL, "en", {})[2].startswith("indicator “ZF01”: ")


def test_days_that_only_make_far_behind_are_told_with_the_gap_they_need() -> None:
    """`OTHER` counts days for far behind alone; the clause that they need a gap belongs to them as well."""
    told = rule_of(OTHER, "zh", kind="accumulate", is_stepped=False, is_whole=False)
    (clause,) = (note for note in notes(OTHER, "zh") if note in told)
    assert "1.5" in clause
