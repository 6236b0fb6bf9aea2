import json
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from metrics.board import RULE_COLUMNS
from metrics.legend import attention_rule, lagging_rule, legend, notes, rank_rule, rule_of
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
