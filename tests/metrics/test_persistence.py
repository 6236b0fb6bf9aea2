"""What the periods before make of a colour: runs as the rule says, silence that neither helps nor harms."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.board import RULE_COLUMNS
from metrics.persistence import hangs, over_periods, periods_to_read
from metrics.rules import DEFAULT_CONTENT, DEFAULT_RULES, parse_rules
from tests.metrics.boards import TOWN, frame, rule

DAY = date(2026, 10, 31)
NONE_SAID = pd.DataFrame({"unit": [], "indicator": [], "period": []})
# One letter a state: Done, on Plan, Slightly behind, Behind, Far behind, Unfinished, silent (-), no task (0).
STATES = {
    "D": "done",
    "P": "on_plan",
    "S": "slightly_behind",
    "B": "behind",
    "F": "far_behind",
    "U": "unfinished",
    "-": "unreported",
    "w": "awaiting",
    "0": "no_task",
}
STEPS = "PSBF"
LIGHTS = {"P": "green", "D": "green", "S": "blue", "B": "yellow", "F": "red", "U": "red"}


def days_of(runs: list[str]) -> list[pd.DataFrame]:
    """Frames of the periods, nearest first, from runs written oldest first: one target a run."""
    length = len(runs[0])
    return [
        pd.DataFrame(
            {
                "unit": [f"{TOWN}{place:03d}" for place in range(len(runs))],
                "indicator": "a",
                "issuer": "县",
                "is_principal": True,
                "state": [STATES[run[length - 1 - back]] for run in runs],
                "light": [LIGHTS.get(run[length - 1 - back], "grey") for run in runs],
                "why": "far_by_gap",
                "data_day": date(2026, 10 - back, 1) if back else DAY,
            }
        )
        for back in range(length)
    ]


def shown(runs: list[str], said: pd.DataFrame = NONE_SAID, **sections: Any) -> list[Any]:
    documents = frame([rule({**DEFAULT_CONTENT, **sections})], RULE_COLUMNS)
    now, *before = days_of(runs)
    return list(over_periods(now, before, documents, said).itertuples())


def one(run: str, **sections: Any) -> Any:
    return shown([run], **sections)[0]


@pytest.mark.parametrize(
    ("run", "n", "state"),
    [
        ("PPB", 2, "on_plan"),
        ("PBB", 2, "behind"),
        ("PSB", 2, "slightly_behind"),
        ("FFP", 2, "on_plan"),
        ("FFS", 2, "slightly_behind"),
        ("BPB", 2, "on_plan"),
        # One silent period neither counts nor breaks; two do, wherever they stand in the run.
        ("B-B", 2, "behind"),
        ("BwB", 2, "behind"),
        ("B--B", 2, "on_plan"),
        ("B-B-B", 3, "on_plan"),
        ("BB-B", 3, "behind"),
        # What was not judged breaks it, and a year begins on plan.
        ("B0B", 2, "on_plan"),
        ("B", 2, "on_plan"),
        ("FFF", 4, "on_plan"),
        ("PPB", 1, "behind"),
        # The day itself silent, done or at its deadline stays what it is.
        ("BB-", 2, "unreported"),
        ("BBD", 2, "done"),
        ("PPU", 2, "unfinished"),
    ],
)
def test_a_colour_worsens_after_n_periods_in_a_row_and_improves_at_once(run: str, n: int, state: str) -> None:
    assert one(run, persistence={"periods": n}).state == state


@pytest.mark.parametrize(
    ("run", "n", "state"),
    [
        ("SS", 2, "behind"),
        ("BB", 2, "far_behind"),
        ("FF", 2, "far_behind"),
        ("FB", 2, "far_behind"),
        ("SB", 2, "behind"),
        ("SF", 2, "far_behind"),
        ("PS", 2, "slightly_behind"),
        ("PP", 2, "on_plan"),
        ("S-S", 2, "behind"),
        ("S--S", 2, "slightly_behind"),
        ("SSS", 4, "slightly_behind"),
        ("SSU", 2, "unfinished"),
    ],
)
def test_after_n_periods_in_a_row_a_colour_goes_one_step_worse(run: str, n: int, state: str) -> None:
    assert one(run, escalation={"after_periods": n}).state == state


def test_what_the_periods_decide_says_so_and_keeps_the_judgement_of_the_day() -> None:
    held = one("PB", persistence={"periods": 2})
    assert (held.state, held.light, held.why, held.state_of_day) == ("on_plan", "green", "held", "behind")
    worse = one("SS", escalation={"after_periods": 2})
    assert (worse.light, worse.why, worse.state_of_day) == ("yellow", "escalated", "slightly_behind")
    plain = one("BB", persistence={"periods": 2})
    assert (plain.why, plain.state_of_day) == ("far_by_gap", "behind")
    assert one("PB").state_of_day == "behind"


def _said(*periods: date) -> pd.DataFrame:
    return pd.DataFrame({"unit": f"{TOWN}000", "indicator": "a", "period": list(periods)})


CLAUSE = {"not_begun": False, "unexplained_periods": 3}


@pytest.mark.parametrize(
    ("run", "said", "state"),
    [
        ("BBB", NONE_SAID, "far_behind"),
        ("B-BB", NONE_SAID, "far_behind"),
        ("SBB", NONE_SAID, "behind"),
        ("BB", NONE_SAID, "behind"),
        ("BBB", _said(date(2026, 10, 31)), "behind"),
        ("BBB", _said(date(2026, 8, 31)), "behind"),
        ("BBB", _said(date(2026, 7, 31)), "far_behind"),
        ("BBS", NONE_SAID, "slightly_behind"),
        # What was before the run takes nothing back, and one explanation ends it for good.
        ("0BBB", NONE_SAID, "far_behind"),
        ("--BBB", NONE_SAID, "far_behind"),
        ("BBBB", _said(date(2026, 10, 31)), "behind"),
    ],
)
def test_behind_without_an_accepted_explanation_is_far_behind(
    run: str, said: pd.DataFrame, state: str
) -> None:
    (row,) = shown([run], said, clauses=CLAUSE)
    assert row.state == state
    assert (row.why == "unexplained") == (state == "far_behind")


def test_a_clause_of_one_period_needs_no_run() -> None:
    clause = {"not_begun": False, "unexplained_periods": 1}
    assert one("PB", clauses=clause).state == "far_behind"
    assert one("BS", clauses=clause).state == "slightly_behind"


# Every run is judged period by period.
FEW = settings(max_examples=35)
RUNS = st.integers(1, 8).flatmap(
    lambda length: st.lists(st.text("DPSBFU-w0", min_size=length, max_size=length), min_size=1, max_size=6)
)


def steps(rows: list[Any]) -> list[int]:
    known = {STATES[letter]: place for place, letter in enumerate(STEPS)} | {"done": 0, "unfinished": 3}
    return [known.get(row.state, -1) for row in rows]


@FEW
@given(RUNS)
def test_one_period_in_a_row_changes_nothing(runs: list[str]) -> None:
    plain = [STATES[run[-1]] for run in runs]
    assert [row.state for row in shown(runs, persistence={"periods": 1})] == plain


@FEW
@given(RUNS, st.integers(1, 6))
def test_asking_for_more_periods_never_makes_a_colour_worse(runs: list[str], n: int) -> None:
    fewer, more = (steps(shown(runs, persistence={"periods": each})) for each in (n, n + 1))
    assert all(after <= before for before, after in zip(fewer, more, strict=True))


@FEW
@given(RUNS, st.integers(2, 6))
def test_persistence_never_worsens_and_escalation_never_improves_nor_skips_a_step(
    runs: list[str], n: int
) -> None:
    plain = steps(shown(runs))
    held = steps(shown(runs, persistence={"periods": n}))
    worse = steps(shown(runs, escalation={"after_periods": n}))
    for before, lower, higher in zip(plain, held, worse, strict=True):
        assert lower <= before <= higher <= before + 1
        assert higher == before or before > 0


@FEW
@given(RUNS, st.integers(1, 5))
def test_what_improved_shows_at_once(runs: list[str], n: int) -> None:
    """However long it was worse: on plan today is green today."""
    better = [run[:-1] + "P" for run in runs]
    assert steps(shown(better, persistence={"periods": n}, escalation={"after_periods": n + 1})) == [0] * len(
        runs
    )


@FEW
@given(RUNS, st.integers(1, 4), st.integers(1, 3))
def test_a_colour_worsens_only_where_a_run_of_n_is_that_bad(runs: list[str], n: int, more: int) -> None:
    """Told again by a plain loop over the letters."""
    sections = {"persistence": {"periods": n}, "escalation": {"after_periods": n + more}}
    for run, row in zip(runs, shown(runs, **sections), strict=True):
        if run[-1] in "-w0DU":
            assert row.state == STATES[run[-1]]
            continue
        best, escalated = _best(run, n), _best(run, n + more)
        expected = max(best, min(escalated + 1, 3) if escalated else 0)
        assert row.state == STATES[STEPS[expected]]


def _best(run: str, n: int) -> int:
    step_of = {"D": 0, "P": 0, "S": 1, "B": 2, "F": 3, "U": 3}
    held, silent = [], 0
    for letter in reversed(run):
        silent += letter in "-w"
        if letter == "0" or silent > 1 or len(held) == n:
            break
        if letter in step_of:
            held.append(step_of[letter])
    return min(held) if len(held) == n else 0


def test_as_many_periods_are_read_as_the_rule_asks_for_and_no_more() -> None:
    plain = frame([rule(dict(DEFAULT_CONTENT))], RULE_COLUMNS)
    assert periods_to_read(plain, [DAY]) == periods_to_read(plain.iloc[:0], [DAY]) == 0
    asks = {"persistence": {"periods": 2}, "escalation": {"after_periods": 4}}
    later = frame([rule(DEFAULT_CONTENT | asks, valid_from=date(2026, 10, 1))], RULE_COLUMNS)
    assert periods_to_read(later, [DAY]) == 4
    assert periods_to_read(later, [date(2026, 9, 30)]) == 0
    assert periods_to_read(later, []) == 0


def test_a_target_without_a_data_day_is_left_alone_and_others_by_their_issuer() -> None:
    documents = frame([rule(DEFAULT_CONTENT | {"persistence": {"periods": 2}})], RULE_COLUMNS)
    now, before = days_of(["BB", "PB", "BB"])
    now.loc[2, "data_day"] = None
    now.loc[2, "state"] = "no_target"
    second = now.iloc[[0]].assign(is_principal=False, issuer="省", state="behind")
    both = pd.concat([now, second], ignore_index=True)
    held = over_periods(both, [before], documents, NONE_SAID)
    # The province's target was not there the period before: its run is one.
    assert list(held["state"]) == ["behind", "on_plan", "no_target", "on_plan"]


@pytest.mark.parametrize(
    ("runs", "is_open"),
    [(["B-B"], True), (["BBB"], False), (["P-B"], False), (["B-P"], False), (["--B"], False)],
)
def test_a_run_hangs_on_one_silent_period(runs: list[str], is_open: bool) -> None:
    now, *before = days_of(runs)
    assert hangs(now, before, DEFAULT_RULES) is is_open
    assert not hangs(now, [*before, *before], DEFAULT_RULES)


@pytest.mark.parametrize(("run", "is_open"), [(3, False), (4, True)])
def test_a_run_that_is_long_enough_hangs_on_nothing(run: int, is_open: bool) -> None:
    """Three periods before are all that a run of three reads, whoever was silent in them."""
    lagging = DEFAULT_CONTENT["lagging"] | {"periods_running": run}
    now, *before = days_of(["B-BB"])
    assert hangs(now, before, parse_rules("r", "t", DEFAULT_CONTENT | {"lagging": lagging})) is is_open


def test_a_rule_that_asks_for_two_periods_reads_two() -> None:
    twice = frame([rule(DEFAULT_CONTENT | {"persistence": {"periods": 2}})], RULE_COLUMNS)
    assert periods_to_read(twice, [DAY]) == 2


def test_a_run_counts_its_silent_periods_and_no_others() -> None:
    lagging = DEFAULT_CONTENT["lagging"] | {"periods_running": 5}
    rules = parse_rules("r", "t", DEFAULT_CONTENT | {"lagging": lagging})
    for run, is_open in (("B-BB", True), ("BB-B", True), ("BBBB", False), ("B--B", False)):
        now, *before = days_of([run])
        assert hangs(now, before, rules) is is_open, run
