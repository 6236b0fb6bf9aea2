"""Which units are called lagging, and why (metrics.md 4)."""

from typing import Any

import pandas as pd
import pytest

from metrics.lagging import lagging_units
from metrics.rules import DEFAULT_CONTENT, DEFAULT_RULES, parse_rules
from tests.metrics.ranked import (
    BAD,
    FAR,
    GOOD,
    INDICATORS,
    NO_ISSUES,
    SILENT,
    SLIGHT,
    held,
    issue,
    issues,
    row,
)


def flags(cells: pd.DataFrame, *earlier: pd.DataFrame, **given: Any) -> dict[str, list[str]]:
    settings = {"issues": NO_ISSUES, "reporting": None, "rules": DEFAULT_RULES} | given
    found = lagging_units(
        cells, earlier, INDICATORS, settings["issues"], settings["reporting"], settings["rules"]
    )
    return {flag.unit: [reason.code for reason in flag.because] for flag in found}


def test_far_behind_on_a_key_indicator_flags_a_unit() -> None:
    cells = held({"a": [FAR, GOOD, GOOD], "b": [GOOD, FAR, GOOD]})
    assert flags(cells) == {"a": ["far_on_key"]}
    off = parse_rules(
        "r", "t", DEFAULT_CONTENT | {"lagging": DEFAULT_CONTENT["lagging"] | {"far_on_key": False}}
    )
    assert flags(cells, rules=off) == {}


def test_reasons_are_text_with_figures() -> None:
    found = lagging_units(held({"a": [FAR, BAD, GOOD]}), (), INDICATORS, NO_ISSUES, None, DEFAULT_RULES)
    assert found[0].reasons("zh") == [
        "指标0严重滞后，较序时−41.2个百分点，滞后97天",
        "可评判的3项考核目标中2项滞后及以上",
    ]
    assert found[0].reasons("en") == [
        "指标0 far behind, −41.2 pp, 97 days",
        "2 of 3 judged targets behind or worse",
    ]


def test_reasons_without_a_gap_name_the_state_alone() -> None:
    cells = held({"a": [FAR]}).assign(gap=float("nan"), days_behind=pd.NA)
    found = lagging_units(cells, (), INDICATORS, NO_ISSUES, None, DEFAULT_RULES)
    assert found[0].reasons("zh") == ["指标0严重滞后"]


@pytest.mark.parametrize(
    ("states", "flagged"),
    [
        ([GOOD, BAD, BAD], True),
        ([GOOD, BAD], False),  # a half, but only one
        ([GOOD, GOOD, GOOD, GOOD, BAD, "unfinished"], True),  # exactly a third
        ([GOOD, GOOD, GOOD, GOOD, GOOD, BAD, BAD], False),
        ([GOOD, GOOD, GOOD, GOOD, SILENT, BAD, BAD], True),  # the silent is not judged
        ([GOOD, SLIGHT, SLIGHT], False),
    ],
)
def test_a_third_and_at_least_two(states: list[str], flagged: bool) -> None:
    assert bool(flags(held({"a": states}))) == flagged


@pytest.mark.parametrize(
    ("earlier", "flagged"),
    [
        ([BAD, BAD], True),
        ([FAR, BAD], True),
        ([BAD], False),
        ([BAD, SLIGHT], False),
        ([GOOD, BAD, BAD], False),
        ([SILENT, BAD, BAD], True),  # one without a report neither counts nor breaks
        ([BAD, SILENT, BAD], True),
        ([SILENT, BAD], False),
        ([SILENT, SILENT, BAD, BAD], False),  # two do
        ([SILENT, BAD, SILENT, BAD], False),
    ],
)
def test_the_same_target_behind_for_three_periods_running(earlier: list[str], flagged: bool) -> None:
    now = held({"a": [GOOD, GOOD, GOOD, GOOD, BAD]})
    before = [held({"a": [GOOD, GOOD, GOOD, GOOD, state]}) for state in earlier]
    assert flags(now, *before) == ({"a": ["running"]} if flagged else {})


def test_a_target_that_was_not_there_before_has_not_run() -> None:
    now = held({"a": [GOOD, GOOD, GOOD, BAD]})
    assert flags(now, held({"a": [BAD]}), held({"b": [BAD]})) == {}


@pytest.mark.parametrize(("days", "flagged"), [(31, True), (30, False), (-3, False)])
def test_an_item_overdue_beyond_the_rules_days(days: int, flagged: bool) -> None:
    found = lagging_units(held({"a": [GOOD]}), (), INDICATORS, issues(issue("a", days)), None, DEFAULT_RULES)
    assert [flag.reasons("zh") for flag in found] == ([["整改事项Z1逾期31天"]] if flagged else [])
    assert [flag.reasons("en") for flag in found] == ([["item Z1 overdue by 31 days"]] if flagged else [])


def test_a_unit_below_the_gate_is_not_called_lagging_and_the_most_reasons_come_first() -> None:
    cells = held({"a": [FAR], "b": [FAR, BAD], "c": [FAR]})
    reporting = pd.DataFrame({"unit": ["a", "b"], "owed": [10, 10], "reported": [7, 8]})
    assert list(flags(cells, reporting=reporting)) == ["b", "c"]


def test_what_ran_is_told_with_its_name_and_in_the_order_of_the_cells() -> None:
    now = pd.DataFrame([row("a", "i2", BAD), row("a", "i1", BAD), row("a", "i3", GOOD), row("b", "i1", GOOD)])
    before = pd.DataFrame(
        [row("b", "i1", BAD), row("a", "i1", BAD), row("a", "i3", BAD), row("a", "i2", FAR)]
    )
    (flag,) = lagging_units(now, (before, before), INDICATORS, NO_ISSUES, None, DEFAULT_RULES)
    assert [(reason.code, reason.about) for reason in flag.because] == [
        ("many_behind", ""),
        ("running", "i2"),
        ("running", "i1"),
    ]
    assert flag.reasons("zh")[1:] == ["指标2连续3期滞后及以上", "指标1连续3期滞后及以上"]
    assert flag.reasons("en")[1] == "指标2 behind or worse for 3 periods"


def test_an_item_overdue_is_told_in_both_languages() -> None:
    late = issues(issue("a", 1200, None, "Z7"))
    (flag,) = lagging_units(held({"a": [GOOD]}), (), INDICATORS, late, None, DEFAULT_RULES)
    assert flag.because[0].about == "Z7"
    assert (flag.reasons("zh"), flag.reasons("en")) == (
        ["整改事项Z7逾期1200天"],
        ["item Z7 overdue by 1200 days"],
    )
