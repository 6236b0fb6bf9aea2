"""The last content of a rule that a county may mean, and the first that none can, with what is said of it."""

import pytest

from metrics.rule_content import faults_of
from metrics.rules import DEFAULT_CONTENT
from tests.metrics.boards import changed, own


def lagging(**entries: object) -> dict:
    return changed(lagging=DEFAULT_CONTENT["lagging"] | entries)


def gap(behind: float, far: float) -> dict:
    return changed(gap_points={"behind": behind, "far_behind": far})


def step(behind: float, far: float) -> dict:
    return changed(step_days={"behind_from": behind, "far_behind_over": far})


def of_tag(measure: str, **limits: float) -> dict:
    return own(tag={"山区": {measure: limits}})


def slope(behind: int | None, far: int | None) -> dict:
    return changed(slope_days={"behind_from": behind, "far_behind_over": far, "with_gap_points": 1})


def listed(limit: int) -> dict:
    return changed(attention=DEFAULT_CONTENT["attention"] | {"limit": limit})


def with_gap(margin: float) -> dict:
    return changed(slope_days=DEFAULT_CONTENT["slope_days"] | {"with_gap_points": margin})


def periods(persists: int, escalates: int | None, unexplained: int | None) -> dict:
    clauses = {"not_begun": False, "unexplained_periods": unexplained}
    counts = {"persistence": {"periods": persists}, "escalation": {"after_periods": escalates}}
    return changed(clauses=clauses, **counts)


@pytest.mark.parametrize(
    ("within", "beyond", "said"),
    [
        (
            gap(0, -1),
            gap(0.5, -1),
            "“一般界限”严重滞后的界限应低于滞后的界限，滞后的界限不能大于 0；现为 -1 和 0.5",
        ),
        (
            gap(-1, -2),
            gap(-1, -1),
            "“一般界限”严重滞后的界限应低于滞后的界限，滞后的界限不能大于 0；现为 -1 和 -1",
        ),
        (step(1, 1), step(0, 1), "“节点和分步计划的界限”应满足 1 ≤ 滞后天数 ≤ 严重滞后天数；现为 0 和 1"),
        (step(1, 2), step(2, 1), "“节点和分步计划的界限”应满足 1 ≤ 滞后天数 ≤ 严重滞后天数；现为 2 和 1"),
        (
            of_tag("points", behind=0, far_behind=-1),
            of_tag("points", behind=0.5, far_behind=-1),
            "“单位标签 · 山区 · 差距（百分点）”严重滞后的界限应低于滞后的界限，滞后的界限不能大于 0；现为 -1 和 0.5",
        ),
        (
            of_tag("points", behind=-1, far_behind=-2),
            of_tag("points", behind=-1, far_behind=-1),
            "“单位标签 · 山区 · 差距（百分点）”严重滞后的界限应低于滞后的界限，滞后的界限不能大于 0；现为 -1 和 -1",
        ),
        (
            of_tag("days", behind_from=1, far_behind_over=1),
            of_tag("days", behind_from=0, far_behind_over=1),
            "“单位标签 · 山区 · 滞后天数”应满足 1 ≤ 滞后天数 ≤ 严重滞后天数；现为 0 和 1",
        ),
        (
            of_tag("days", behind_from=1, far_behind_over=2),
            of_tag("days", behind_from=2, far_behind_over=1),
            "“单位标签 · 山区 · 滞后天数”应满足 1 ≤ 滞后天数 ≤ 严重滞后天数；现为 2 和 1",
        ),
        (
            of_tag("ratio_percent", behind=100, far_behind=0),
            of_tag("ratio_percent", behind=9, far_behind=-1),
            "“单位标签 · 山区 · 序时完成比（%）”应满足 0 ≤ 严重滞后 < 滞后 ≤ 100；现为 -1 和 9",
        ),
        (
            of_tag("ratio_percent", behind=9, far_behind=8),
            of_tag("ratio_percent", behind=9, far_behind=9),
            "“单位标签 · 山区 · 序时完成比（%）”应满足 0 ≤ 严重滞后 < 滞后 ≤ 100；现为 9 和 9",
        ),
        (
            changed(about_tolerance_percent=0),
            changed(about_tolerance_percent=-0.5),
            "“约数目标到期容差（%）”应在 0 至 100 之间，现为 -0.5",
        ),
        (
            changed(about_tolerance_percent=100),
            changed(about_tolerance_percent=100.5),
            "“约数目标到期容差（%）”应在 0 至 100 之间，现为 100.5",
        ),
        (
            changed(reporting_gate_percent=0),
            changed(reporting_gate_percent=-0.5),
            "“报送率低于此数不评判、不排名（%）”应在 0 至 100 之间，现为 -0.5",
        ),
        (
            changed(reporting_gate_percent=100),
            changed(reporting_gate_percent=100.5),
            "“报送率低于此数不评判、不排名（%）”应在 0 至 100 之间，现为 100.5",
        ),
        (
            changed(over_mark_percent=100),
            changed(over_mark_percent=99.5),
            "“完成率超过此数加注待核（%）”不能小于 100，现为 99.5",
        ),
        (
            changed(due_soon_days=0),
            changed(due_soon_days=-1),
            "“整改事项几天内到期为临期”不能小于 0，现为 -1",
        ),
        (
            changed(due_soon_days=7),
            changed(due_soon_days=7.5),
            "“整改事项几天内到期为临期”应为整数，现为 7.5",
        ),
        (changed(relapse_days=0), changed(relapse_days=-1), "“销号后几天内再现为反弹”不能小于 0，现为 -1"),
        (changed(minimum_n=0), changed(minimum_n=-1), "“公平比较的最小数量”不能小于 0，现为 -1"),
        (
            changed(keep={"far_behind_beyond": 0}),
            changed(keep={"far_behind_beyond": -0.5}),
            "“未守住且超出多少为严重滞后”不能小于 0，现为 -0.5",
        ),
        (
            slope(60, None),
            slope(0, None),
            "“其他计划的天数界限”应满足 1 ≤ 滞后天数 ≤ 严重滞后天数；现为 0 和 —",
        ),
        (
            slope(None, 1),
            slope(None, 0),
            "“其他计划的天数界限”应满足 1 ≤ 滞后天数 ≤ 严重滞后天数；现为 — 和 0",
        ),
        (
            slope(10, 10),
            slope(60, 10),
            "“其他计划的天数界限”应满足 1 ≤ 滞后天数 ≤ 严重滞后天数；现为 60 和 10",
        ),
        (with_gap(0), with_gap(-0.5), "“同时差距不小于（百分点）”不能小于 0，现为 -0.5"),
        (listed(1), listed(0), "“总览列出几项”不能小于 1，现为 0"),
        (lagging(overdue_days=0), lagging(overdue_days=-1), "“整改事项逾期超过几天”不能小于 0，现为 -1"),
        (
            lagging(share="1"),
            lagging(share="3/2"),
            "“滞后及以上占可评判目标的比例”不是大于 0、不超过 1 的分数：3/2",
        ),
        (
            lagging(share="1/100"),
            lagging(share="0"),
            "“滞后及以上占可评判目标的比例”不是大于 0、不超过 1 的分数：0",
        ),
        (lagging(count=1), lagging(count=0), "“且不少于几项”不能小于 1，现为 0"),
        (lagging(count=2), lagging(count=1.5), "“且不少于几项”应为整数，现为 1.5"),
        (
            lagging(periods_running=1),
            lagging(periods_running=0),
            "“同一目标连续几期滞后及以上”不能小于 1，现为 0",
        ),
        (
            periods(12, None, None),
            periods(13, None, None),
            "“连续几期变差才降档（1为当期即降）”期数最多 12，现为 13",
        ),
        (
            periods(1, 12, None),
            periods(1, 13, None),
            "“连续几期落后的从严一档”期数最多 12，现为 13",
        ),
        (
            periods(1, 2, None),
            periods(1, 1, None),
            "“连续几期落后的从严一档”升级的期数（1）应大于降档的期数（1），且不小于 2",
        ),
        (
            periods(3, 4, None),
            periods(3, 3, None),
            "“连续几期落后的从严一档”升级的期数（3）应大于降档的期数（3），且不小于 2",
        ),
        (
            periods(3, None, 3),
            periods(3, None, 2),
            "“连续几期滞后又无已接收说明的为严重滞后”期数（2）不应小于降档的期数（3）",
        ),
        (
            periods(1, None, 12),
            periods(1, None, 13),
            "“连续几期滞后又无已接收说明的为严重滞后”期数最多 12，现为 13",
        ),
        (
            periods(1, None, 1),
            periods(1, None, 0),
            "“连续几期滞后又无已接收说明的为严重滞后”不能小于 1，现为 0",
        ),
    ],
)
def test_the_edges_of_an_entry(within: dict, beyond: dict, said: str) -> None:
    assert faults_of(within) == []
    assert [fault.sentence("zh") for fault in faults_of(beyond)] == [said]


def test_the_order_found_is_told_name_by_name() -> None:
    (fault,) = faults_of(changed(attention={"order": ["far", "behind"], "limit": 5}))
    assert fault.path == "attention.order" and fault.said("zh") == "应把四类各写一次，现为 far, behind"


def test_an_edge_that_is_off_is_told_as_a_dash() -> None:
    (fault,) = faults_of(slope(0, None))
    assert fault.sentence("zh").endswith("现为 0 和 —") and "None" not in fault.sentence("en")
