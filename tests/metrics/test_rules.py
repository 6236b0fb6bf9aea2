import json
from datetime import UTC, date, datetime
from fractions import Fraction
from math import inf

import pytest

from metrics.board import RULE_COLUMNS
from metrics.limits import Limits, Own
from metrics.rule_content import entry_name
from metrics.rule_words import FAULTS
from metrics.rules import (
    DEFAULT_CONTENT,
    DEFAULT_RULES,
    OPTIONAL_CONTENT,
    Rules,
    RulesError,
    document_in_force,
    parse_rules,
    rules_in_force,
)
from tests.metrics.boards import changed, frame, own, rule


def test_shipped_defaults_are_the_published_ones_and_say_so() -> None:
    rules = DEFAULT_RULES
    assert rules.is_default and rules.valid_from is None
    assert (rules.number, rules.title) == ("软件默认", "软件自带的默认规则")
    assert rules.own.general == Limits(-0.10, -0.30, 1, 30, inf, inf)
    assert (rules.behind_gap, rules.far_gap, rules.slope_days_gap) == (-0.10, -0.30, 0.01)
    assert rules.keep_far_margin is None
    assert (rules.about_tolerance, rules.reporting_gate, rules.over_mark) == (0.05, 0.8, 1.5)
    assert (rules.lagging_far_on_key, rules.lagging_share) == (True, Fraction(1, 3))
    assert (rules.lagging_count, rules.lagging_run, rules.lagging_overdue_days) == (2, 3, 30)
    assert (rules.due_soon_days, rules.relapse_days, rules.minimum_n) == (7, 60, 20)
    assert rules.attention_order == ("far_on_key", "far", "overdue", "behind")
    assert rules.attention_limit == 5


EVERY = {
    "gap_points": {"behind": -8, "far_behind": -24},
    "step_days": {"behind_from": 3, "far_behind_over": 33},
    "slope_days": {"behind_from": 12, "far_behind_over": 65, "with_gap_points": 2},
    "keep": {"far_behind_beyond": 4},
    "about_tolerance_percent": 6,
    "over_mark_percent": 160,
    "reporting_gate_percent": 70,
    "lagging": {
        "far_on_key": False,
        "share": "2/5",
        "count": 6,
        "periods_running": 5,
        "overdue_days": 45,
    },
    "attention": {"order": ["overdue", "far", "behind", "far_on_key"], "limit": 9},
    "due_soon_days": 10,
    "relapse_days": 90,
    "minimum_n": 25,
    "persistence": {"periods": 2},
    "escalation": {"after_periods": 4},
    "clauses": {"not_begun": True, "unexplained_periods": 7},
    "peer_groups": ["乡", "镇"],
}


def test_a_document_is_read_entry_by_entry() -> None:
    """Every entry another than the shipped one, and than its neighbours."""
    assert EVERY.keys() == {*DEFAULT_CONTENT, *OPTIONAL_CONTENT}
    assert all(EVERY[key] != shipped for key, shipped in DEFAULT_CONTENT.items())
    general = Limits(-0.08, -0.24, 3, 33, 12, 65)
    read = Rules(
        number="云督〔2026〕8号",
        title="评判办法",
        is_default=False,
        behind_gap=-0.08,
        far_gap=-0.24,
        slope_days_gap=0.02,
        keep_far_margin=4,
        about_tolerance=0.06,
        over_mark=1.6,
        reporting_gate=0.7,
        lagging_far_on_key=False,
        lagging_share=Fraction(2, 5),
        lagging_count=6,
        lagging_run=5,
        lagging_overdue_days=45,
        attention_order=("overdue", "far", "behind", "far_on_key"),
        attention_limit=9,
        due_soon_days=10,
        relapse_days=90,
        minimum_n=25,
        valid_from=date(2026, 7, 1),
        own=Own(general),
        persistence=2,
        escalation=4,
        not_begun=True,
        unexplained_periods=7,
        peer_groups=("乡", "镇"),
    )
    assert parse_rules("云督〔2026〕8号", "评判办法", EVERY, valid_from=date(2026, 7, 1)) == read
    for content in (EVERY, json.dumps(EVERY)):
        held = rule(content, number="云督〔2026〕8号", title="评判办法", valid_from=date(2026, 7, 1))
        assert rules_in_force(frame([held], RULE_COLUMNS), date(2026, 8, 1)) == read


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
        (
            changed(attention={"order": DEFAULT_CONTENT["attention"]["order"], "limit": 2.5}),
            "attention.limit",
        ),
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
    assert str(caught.value) == (
        "r: colour is unknown; gap_points.behind is missing; gap_points.far_behind is missing"
    )


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


def test_of_two_documents_from_one_day_the_later_recorded_holds_then_the_higher_number() -> None:
    noon, night = datetime(2026, 5, 1, 4, tzinfo=UTC), datetime(2026, 5, 1, 15, tzinfo=UTC)
    told = [rule({}, number="night", recorded_at=night), rule({}, number="noon", recorded_at=noon)]
    for documents in (frame(told, RULE_COLUMNS), frame(told[::-1], RULE_COLUMNS)):
        assert document_in_force(documents, date(2026, 6, 1)).number == "night"
    same = [rule({}, number=name, recorded_at=noon) for name in ("first", "second")]
    documents = frame(same, RULE_COLUMNS)
    for held in (documents, documents[::-1]):
        assert document_in_force(held, date(2026, 6, 1)).number == "second"


POINTS = {"points": {"behind": -5, "far_behind": -15}}


@pytest.mark.parametrize(
    ("content", "path", "code"),
    [
        ([], "content", "not_a_group"),
        (changed(persistence=2), "persistence", "not_a_group"),
        (changed(persistence={}), "persistence.periods", "missing"),
        (changed(keep={"far_behind_beyond": None, "colour": 1}), "keep.colour", "unknown"),
        (changed(persistence={"periods": 1, "colour": 1}), "persistence.colour", "unknown"),
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
    assert str(caught.value) == "r: content cannot be read"


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


@pytest.mark.parametrize(
    ("content", "zh", "en"),
    [
        (
            changed(due_soon_days="7"),
            "“整改事项几天内到期为临期”不能是“7” 请填数。",
            "“items due soon within days” cannot be “7” It takes a number.",
        ),
        (
            changed(lagging=DEFAULT_CONTENT["lagging"] | {"far_on_key": 1}),
            "“任一重点指标严重滞后即列为滞后单位”不能是“1” 请填是或否。",
            "“far behind on any key indicator” cannot be “1” It takes yes or no.",
        ),
        (
            changed(lagging=DEFAULT_CONTENT["lagging"] | {"share": 0.5}),
            "“滞后及以上占可评判目标的比例”不能是“0.5” 请填文字。",
            "“share of judged targets behind or worse” cannot be “0.5” It takes text.",
        ),
        (
            changed(peer_groups="山区"),
            "“分别排名的组”不能是“山区” 请填用、分隔的文字。",
            "“groups that rank apart” cannot be “山区” It takes texts separated by 、.",
        ),
        (
            own(tag={"山区": {"points": {"behind": None, "far_behind": -5}}}),
            "“单位标签 · 山区 · 差距（百分点） · 滞后界限”不能空白 这一项不能不启用，请填写。",
            "“tag of units · 山区 · gap (percentage points) · threshold of behind” cannot be left blank "
            "It cannot be off: fill it in.",
        ),
        (
            changed(colour="red"),
            "“colour”不是规则项 请使用手册列出的规则项。",
            "“colour” is unknown Use the entries that the manual lists.",
        ),
    ],
)
def test_a_fault_in_full(content: dict, zh: str, en: str) -> None:
    with pytest.raises(RulesError) as caught:
        parse_rules("r", "t", content)
    (fault,) = caught.value.faults
    assert f"{fault.sentence('zh')} {fault.remedy('zh')}" == zh
    assert f"{fault.sentence('en')} {fault.remedy('en')}" == en
