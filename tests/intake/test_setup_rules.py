"""Rule documents in the setup workbook: the further sections, and every fault where it stands."""

import pytest
from sqlalchemy import Engine

from data_access.engine import read
from data_access.facts import read_rules
from metrics.rules import parse_rules
from tests.intake.county import SCOPE, codes, load, look, setup_sheets, setup_workbook
from tests.intake.rules import rules


def test_the_further_sections_of_a_rule_document_come_in_as_written(county: Engine) -> None:
    further = {
        "persistence.periods": 2,
        "escalation.after_periods": 4,
        "clauses.not_begun": True,
        "clauses.unexplained_periods": 3,
        "peer_groups": ["山区", "乡/镇"],
        "thresholds.all.ratio_percent.behind": 90,
        "thresholds.all.ratio_percent.far_behind": 70,
        "thresholds.level.village.points.behind": -5,
        "thresholds.level.village.points.far_behind": -15,
        "thresholds.indicator.ZF01.days.behind_from": 10,
        "thresholds.indicator.ZF01.days.far_behind_over": 40,
    }
    load(county, setup_workbook(setup_sheets() | {"rules": rules(**further)}))
    with read(county) as connection:
        held = parse_rules("x", "y", read_rules(connection, SCOPE).iloc[-1]["content"])
    assert (held.persistence, held.escalation, held.not_begun, held.unexplained_periods) == (2, 4, True, 3)
    assert held.peer_groups == ("山区", "乡/镇")
    assert (held.own.general.behind_ratio, held.own.general.far_ratio) == (0.9, 0.7)
    village = held.own.of_unit("village", "村", ())
    assert (village.behind_gap, village.far_gap) == (-0.05, -0.15)
    own = held.own.of_indicator("ZF01")
    assert own is not None and (own.step_behind, own.slope_far) == (10, 40)


def test_a_fault_of_a_rule_is_told_in_the_language_of_the_reader(county: Engine) -> None:
    book = setup_workbook({"rules": rules(**{"gap_points.behind": 5})})
    (problem,) = [each for each in look(county, book).problems if each.code == "rule_impossible"]
    assert "严重滞后的界限应低于滞后的界限" in problem.sentence(
        "zh"
    ) and "gap_points" not in problem.sentence("zh")
    assert problem.remedy("zh").startswith("改法：落后写负数")
    assert problem.sentence("en").isascii() or "“" in problem.sentence("en")


CASES = {
    "unknown rule": ({"rules": [*rules(), {**rules()[0], "item": "colour"}]}, "rule_unknown", "D"),
    "two titles": ({"rules": [*rules()[:-1], {**rules()[-1], "title": "另一份"}]}, "rule_mixed", "B"),
    "rule left out": ({"rules": rules()[1:]}, "rule_incomplete", "D4"),
    "impossible rule": ({"rules": rules(**{"gap_points.behind": 5})}, "rule_impossible", "E4"),
    "runs crossed": (
        {"rules": rules(**{"persistence.periods": 3, "escalation.after_periods": 2})},
        "rule_impossible",
        "E",
    ),
    "two measures": (
        {
            "rules": rules(
                **{
                    "thresholds.indicator.ZF01.points.behind": -5,
                    "thresholds.indicator.ZF01.points.far_behind": -9,
                    "thresholds.indicator.ZF01.days.behind_from": 9,
                }
            )
        },
        "rule_impossible",
        "E",
    ),
    "half a threshold": ({"rules": rules(**{"thresholds.all.days.behind_from": 9})}, "rule_impossible", "E"),
    "threshold of nothing": ({"rules": rules(**{"thresholds.indicator.x": 9})}, "rule_unknown", "D"),
    "indicator unknown": (
        {
            "rules": rules(
                **{
                    "thresholds.indicator.ZF0.points.behind": -5,
                    "thresholds.indicator.ZF0.points.far_behind": -9,
                }
            )
        },
        "rule_unknown_indicator",
        "D",
    ),
}


@pytest.mark.parametrize("name", list(CASES))
def test_each_fault_names_its_place_and_keeps_the_workbook_out(shared: Engine, name: str) -> None:
    sheets, code, cell = CASES[name]
    looked = look(shared, setup_workbook(sheets))
    found = [problem for problem in looked.problems if problem.code == code]
    assert found, codes(looked)
    assert found[0].cell.startswith(cell) and found[0].blocking and not looked.may_apply
    assert "{" not in found[0].sentence("zh") + found[0].remedy("en")
