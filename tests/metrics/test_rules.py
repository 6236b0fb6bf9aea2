import json
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from metrics.board import RULE_COLUMNS
from metrics.legend import (
    attention_rule,
    document_line,
    lagging_rule,
    legend,
    notes,
    own_thresholds,
    rank_rule,
    rule_of,
)
from metrics.rule_content import entry_name
from metrics.rule_words import FAULTS
from metrics.rules import DEFAULT_CONTENT, DEFAULT_RULES, RulesError, parse_rules, rules_in_force
from tests.metrics.boards import frame, rule


def changed(**entries: object) -> dict:
    return json.loads(json.dumps(DEFAULT_CONTENT)) | entries


def test_shipped_defaults_are_the_published_ones_and_say_so() -> None:
    rules = DEFAULT_RULES
    assert rules.is_default
    assert (rules.behind_gap, rules.far_gap) == (-0.10, -0.30)
    assert (rules.step_behind_days, rules.step_far_days, rules.slope_days_gap) == (1, 30, 0.01)
    assert (rules.slope_behind_days, rules.slope_far_days, rules.keep_far_margin) == (None, None, None)
    assert (rules.about_tolerance, rules.reporting_gate, rules.over_mark) == (0.05, 0.8, 1.5)
    assert (rules.lagging_share, rules.lagging_count, rules.lagging_run) == (Fraction(1, 3), 2, 3)
    assert (rules.due_soon_days, rules.lagging_overdue_days, rules.minimum_n) == (7, 30, 20)
    assert rules.attention_order == ("far_on_key", "far", "overdue", "behind")


def test_the_shipped_content_survives_the_database() -> None:
    stored = json.dumps(DEFAULT_CONTENT, ensure_ascii=False)
    rules = parse_rules("云督〔2026〕3号", "t", stored)
    assert (rules.number, rules.is_default) == ("云督〔2026〕3号", False)
    assert rules.behind_gap == DEFAULT_RULES.behind_gap


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({}, "gap_points is missing"),
        (changed(colour="red"), "colour is unknown"),
        (changed(gap_points={"behind": -10}), "gap_points.far_behind is missing"),
        (changed(gap_points=-10), "gap_points must be a group"),
        (changed(gap_points={"behind": "-10", "far_behind": -30}), "gap_points.behind cannot be “-10”"),
        (changed(due_soon_days=None), "due_soon_days cannot be left blank"),
        (changed(due_soon_days=True), "due_soon_days cannot be “True”"),
        (changed(gap_points={"behind": -30, "far_behind": -10}), "far_behind < behind <= 0"),
        (changed(gap_points={"behind": 5, "far_behind": -10}), "far_behind < behind <= 0"),
        (changed(step_days={"behind_from": 31, "far_behind_over": 30}), "step_days"),
        (changed(about_tolerance_percent=101), "about_tolerance_percent"),
        (changed(over_mark_percent=99), "over_mark_percent"),
        (changed(reporting_gate_percent=-1), "reporting_gate_percent"),
        (changed(due_soon_days=-1), "due_soon_days"),
        (changed(attention={"order": ["far"], "limit": 5}), "attention.order"),
        (changed(attention={"order": DEFAULT_CONTENT["attention"]["order"], "limit": 0}), "attention.limit"),
        (changed(lagging=DEFAULT_CONTENT["lagging"] | {"share": "a third"}), "lagging.share"),
        (changed(lagging=DEFAULT_CONTENT["lagging"] | {"share": "1/0"}), "lagging.share"),
        (changed(lagging=DEFAULT_CONTENT["lagging"] | {"count": 0}), "lagging.count"),
        (changed(lagging=DEFAULT_CONTENT["lagging"] | {"periods_running": 0}), "periods_running"),
        (changed(slope_days=DEFAULT_CONTENT["slope_days"] | {"with_gap_points": -1}), "with_gap_points"),
    ],
)
def test_a_document_that_cannot_be_used_says_what_is_wrong_with_it(content: dict, said: str) -> None:
    with pytest.raises(RulesError, match="云督") as caught:
        parse_rules("云督〔2026〕3号", "t", content)
    assert said in str(caught.value)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(RulesError) as caught:
        parse_rules("r", "t", changed(gap_points={}, colour=1))
    assert str(caught.value).count(";") == 2


def test_the_document_in_force_is_the_latest_not_later_than_the_day() -> None:
    documents = frame(
        [
            rule(changed(due_soon_days=3), number="new", valid_from=date(2026, 7, 1)),
            rule(changed(due_soon_days=5), number="old"),
            rule(changed(due_soon_days=4), number="mended", recorded_at=datetime(2026, 5, 1, tzinfo=UTC)),
        ],
        RULE_COLUMNS,
    )
    assert rules_in_force(documents, date(2026, 6, 30)).number == "mended"
    assert rules_in_force(documents, date(2026, 7, 1)).number == "new"
    assert rules_in_force(documents, date(2019, 1, 1)) is DEFAULT_RULES
    assert rules_in_force(documents.iloc[:0], date(2026, 7, 1)) is DEFAULT_RULES


def test_rules_in_words_name_every_threshold() -> None:
    rules = parse_rules("r", "t", changed(gap_points={"behind": -7.5, "far_behind": -22}, due_soon_days=3))
    zh = dict(legend(rules, "zh"))
    assert zh["behind"] == "−22 ≤ 较序时 ≤ −7.5（个百分点）"
    assert "1 ≤ 天数 ≤ 30" in notes(rules, "zh")[0]
    assert "less than 80%" in " ".join(notes(rules, "en"))
    assert "不少于2项" in lagging_rule(rules, "zh")
    assert "重点指标严重滞后" in lagging_rule(rules, "zh")
    assert "30 days" in lagging_rule(rules, "en")
    assert "80%" in rank_rule(rules, "zh") and "80%" in rank_rule(rules, "en")
    assert attention_rule(rules, "zh").index("整改事项逾期") > attention_rule(rules, "zh").index(
        "其他指标严重滞后"
    )
    assert attention_rule(rules, "en").startswith("Order of attention: far behind on a key indicator")


def test_rules_in_words_leave_out_what_is_off_and_state_margins() -> None:
    lagging = DEFAULT_CONTENT["lagging"] | {"far_on_key": False}
    rules = parse_rules("r", "t", changed(lagging=lagging, keep={"far_behind_beyond": 2.5}))
    assert "重点指标" not in lagging_rule(rules, "zh")
    assert "超出 2.5 以上为严重滞后" in notes(rules, "zh")[1]
    assert "missed by more than 2.5" in notes(rules, "en")[1]


@pytest.mark.parametrize(
    ("kind", "is_stepped", "is_whole", "says", "says_not"),
    [
        ("accumulate", False, False, ["较序时 ≥ 0", "到完成时限仍未完成"], ["天数", "不足1", "守住"]),
        ("accumulate", False, True, ["较序时 ≥ 0", "缺口不足1为达序时"], ["天数", "守住"]),
        ("accumulate", True, True, ["天数 > 30 为严重滞后", "缺口不足1为达序时"], ["较序时", "守住"]),
        ("milestone", False, False, ["天数 > 30 为严重滞后"], ["较序时", "不足1为", "守住"]),
        ("keep", False, True, ["守住为达标"], ["较序时", "天数", "不足1"]),
        (None, False, False, ["完成率 ≥ 100%"], ["守住"]),
    ],
)
def test_a_target_is_told_the_thresholds_that_decide_it_and_no_others(
    kind: str | None, is_stepped: bool, is_whole: bool, says: list[str], says_not: list[str]
) -> None:
    told = rule_of(DEFAULT_RULES, "zh", kind=kind, is_stepped=is_stepped, is_whole=is_whole)
    assert all(each in told for each in says), told
    assert not any(each in told for each in says_not), told
    assert "; " in rule_of(DEFAULT_RULES, "en", kind="milestone", is_stepped=False, is_whole=False)


def own(**scopes: object) -> dict:
    return changed(thresholds=scopes)


POINTS = {"points": {"behind": -5, "far_behind": -15}}


@pytest.mark.parametrize(
    ("content", "path", "code"),
    [
        ([], "content", "not_a_group"),
        (changed(persistence=2), "persistence", "not_a_group"),
        (changed(persistence={}), "persistence.periods", "missing"),
        (changed(persistence={"periods": None}), "persistence.periods", "blank"),
        (changed(persistence={"periods": 1.5}), "persistence.periods", "not_whole"),
        (changed(persistence={"periods": 0}), "persistence.periods", "too_small"),
        (changed(persistence={"periods": 13}), "persistence.periods", "too_long"),
        (changed(persistence={"periods": float("inf")}), "persistence.periods", "wrong_type"),
        (changed(escalation={"after_periods": 1}), "escalation.after_periods", "escalates_too_soon"),
        (
            changed(escalation={"after_periods": 2}, persistence={"periods": 2}),
            "escalation.after_periods",
            "escalates_too_soon",
        ),
        (
            changed(clauses={"not_begun": False, "unexplained_periods": 2}, persistence={"periods": 3}),
            "clauses.unexplained_periods",
            "clause_too_soon",
        ),
        (changed(clauses={"not_begun": 1, "unexplained_periods": None}), "clauses.not_begun", "wrong_type"),
        (changed(peer_groups="山区"), "peer_groups", "wrong_type"),
        (changed(peer_groups=[1]), "peer_groups", "wrong_type"),
        (changed(peer_groups=["山区", ""]), "peer_groups", "empty_name"),
        (changed(peer_groups=["乡/镇", "镇"]), "peer_groups", "named_twice"),
        (changed(thresholds=[]), "thresholds", "not_a_group"),
        (own(zone=POINTS), "thresholds.zone", "unknown"),
        (own(tag=3), "thresholds.tag", "not_a_group"),
        (own(tag={"": POINTS}), "thresholds.tag", "empty_name"),
        (own(tag={"山区": 3}), "thresholds.tag.山区", "not_a_group"),
        (own(level={"nation": POINTS}), "thresholds.level.nation", "unknown_level"),
        (own(all=POINTS), "thresholds.all", "points_for_all"),
        (own(tag={"山区": {}}), "thresholds.tag.山区", "one_measure"),
        (own(tag={"山区": {"weeks": {}}}), "thresholds.tag.山区", "one_measure"),
        (own(tag={"山区": {"points": {"behind": -5}}}), "thresholds.tag.山区.points.far_behind", "missing"),
        (
            own(tag={"山区": {"points": {"behind": -15, "far_behind": -5}}}),
            "thresholds.tag.山区.points",
            "gap_order",
        ),
        (
            own(all={"days": {"behind_from": 30, "far_behind_over": 1}}),
            "thresholds.all.days",
            "days_order",
        ),
        (
            own(all={"ratio_percent": {"behind": 101, "far_behind": 70}}),
            "thresholds.all.ratio_percent",
            "ratio_order",
        ),
    ],
)
def test_a_fault_of_a_further_section_has_its_place_its_sentence_and_its_remedy(
    content: dict, path: str, code: str
) -> None:
    with pytest.raises(RulesError) as caught:
        parse_rules("r", "t", content)
    held = {(fault.path, fault.code): fault for fault in caught.value.faults}
    fault = held[path, code]
    assert fault.sentence("zh").startswith("“") and fault.remedy("zh").endswith("。")
    assert "{" not in fault.sentence("zh") + fault.sentence("en") + fault.remedy("zh") + fault.remedy("en")


def test_a_content_that_is_no_json_says_so() -> None:
    with pytest.raises(RulesError) as caught:
        parse_rules("r", "t", "{")
    assert caught.value.faults[0].code == "unreadable"


def test_every_entry_has_a_name_and_every_fault_its_words() -> None:
    for path in ("gap_points.behind", "clauses.not_begun", "peer_groups", "due_soon_days"):
        assert entry_name(path, "zh") != path
    assert (
        entry_name("thresholds.tag.山区.points.behind", "zh") == "单位标签 · 山区 · 差距（百分点） · 滞后界限"
    )
    assert entry_name("colour", "zh") == "colour"
    for said, mended in FAULTS.values():
        assert all(said) and all(mended)


def test_a_document_recorded_before_there_were_further_sections_sets_nothing_by_them() -> None:
    rules = parse_rules("r", "t", DEFAULT_CONTENT)
    assert (rules.persistence, rules.escalation, rules.unexplained_periods) == (1, None, None)
    assert (rules.not_begun, rules.peer_groups, rules.own.exceptions) == (False, (), ())
    assert rules.periods_asked == 1


FULL = changed(
    slope_days={"behind_from": 45, "far_behind_over": None, "with_gap_points": 2},
    persistence={"periods": 2},
    escalation={"after_periods": 4},
    clauses={"not_begun": True, "unexplained_periods": 3},
    peer_groups=["山区", "乡/镇"],
    thresholds={
        "level": {"village": POINTS},
        "tag": {"山区": {"ratio_percent": {"behind": 90, "far_behind": 70}}},
        "indicator": {"ZF01": {"days": {"behind_from": 10, "far_behind_over": 40}}},
    },
)


def test_the_whole_document_is_printed_with_every_edge() -> None:
    rules = parse_rules("云督〔2026〕9号", "督查办法", FULL, valid_from=date(2026, 11, 1))
    assert document_line(rules, "zh") == "《督查办法》（云督〔2026〕9号），自2026年11月1日起执行"
    assert "软件默认" in document_line(DEFAULT_RULES, "zh")
    assert dict(legend(rules, "zh"))["behind"] == "−30 ≤ 较序时 ≤ −10（个百分点），或45 ≤ 滞后天数"
    village, hills, houses = own_thresholds(rules, "zh", {"ZF01": "危房改造"})
    assert village.startswith("层级“村”：略滞后 −5 < 较序时 < 0") and "严重滞后 较序时 < −15" in village
    assert "70% ≤ 序时完成比 ≤ 90%" in hills and "序时完成比 < 70%" in hills
    assert houses.startswith("指标“危房改造”：略滞后 较序时 < 0、滞后不足 10 天；滞后 10 ≤ 滞后天数 ≤ 40")
    assert own_thresholds(rules, "en", {})[2].startswith(
        "indicator “ZF01”: slightly behind gap < 0 and less than"
    )
    told = "；".join(notes(rules, "zh"))
    for part in (
        "连续2期变差才降档",
        "连续4期略滞后",
        "仍未动",
        "连续3期滞后及以上",
        "一期未报不计入",
        "不小于2个百分点",
    ):
        assert part in told
    assert "山区、乡/镇分别排名" in rank_rule(rules, "zh") and "rank apart" in rank_rule(rules, "en")


def test_a_cell_is_told_the_thresholds_of_its_own() -> None:
    rules = parse_rules("r", "t", FULL)
    plain = {"kind": "accumulate", "is_stepped": False, "is_whole": False}
    told = rule_of(rules, "zh", limits=rules.own.of_indicator("ZF01"), **plain)
    assert "滞后天数 > 40" in told and "百分点）" not in told and "仍未动" in told
    stepped = rule_of(
        rules, "zh", limits=rules.own.of_indicator("ZF01"), kind="accumulate", is_stepped=True, is_whole=False
    )
    assert "10 ≤ 天数 ≤ 40 为滞后" in stepped
    assert "滞后天数" in rule_of(rules, "zh", **plain)
    only_far = changed(slope_days={"behind_from": None, "far_behind_over": 60, "with_gap_points": 1})
    assert dict(legend(parse_rules("r", "t", only_far), "en"))["far_behind"].endswith("or days behind > 60")
