from enum import StrEnum

import pandas as pd
import pytest

from metrics import vocabulary
from metrics.vocabulary import Cadence, Comparator, IssueState, Kind, Light, State, SubmissionState
from metrics.words import MARKS, WORDS, Role, comparator_text, state_mark, state_word, word

VOCABULARIES = [
    held
    for held in vars(vocabulary).values()
    if isinstance(held, type) and issubclass(held, StrEnum) and held is not StrEnum
]


@pytest.mark.parametrize("held", [*VOCABULARIES, Role])
def test_every_member_of_every_vocabulary_has_its_own_words(held: type[StrEnum]) -> None:
    for lang in ("zh", "en"):
        words = [word(member, lang) for member in held]
        assert all(words)
        assert len(set(words)) == len(words)
    assert all(word(member, "en").isascii() for member in held)
    assert not any(word(member, "zh").isascii() for member in held)


def test_members_of_two_vocabularies_with_one_value_keep_their_own_words() -> None:
    assert IssueState.RETURNED == SubmissionState.RETURNED
    assert word(IssueState.RETURNED, "zh") == "退回整改"
    assert word(SubmissionState.RETURNED, "zh") == "已退回"
    assert word(Cadence.YEAR, "zh") == "年"
    assert set(WORDS) == {*VOCABULARIES, Role}


def test_every_state_has_a_shape_and_only_the_two_reds_share_one() -> None:
    assert set(MARKS) == set(State)
    assert len(set(MARKS.values())) == len(MARKS) - 1
    assert state_mark("far_behind") == state_mark("unfinished") == "■"
    assert {mark for mark in MARKS.values() if len(mark) != 1} == set()


@pytest.mark.parametrize(
    ("state", "kept", "shown"),
    [
        ("on_plan", True, "达标"),
        ("on_plan", False, "达序时"),
        ("on_plan", None, "达序时"),
        ("on_plan", pd.NA, "达序时"),
        ("done", True, "已完成"),
        ("behind", False, "滞后"),
    ],
)
def test_kept_targets_read_differently(state: str, kept: object, shown: str) -> None:
    assert state_word(state, "zh", kept) == shown


def test_kept_in_english_and_from_a_frame() -> None:
    frame = pd.DataFrame({"kept": pd.array([True, None], dtype="boolean")})
    assert [state_word("on_plan", "en", row.kept) for row in frame.itertuples()] == ["kept", "on plan"]


@pytest.mark.parametrize(
    ("comparator", "high", "zh", "en"),
    [
        (Comparator.AT_LEAST, "", "≥ 10", "≥ 10"),
        (Comparator.MORE_THAN, "", "> 10", "> 10"),
        (Comparator.AT_MOST, "", "≤ 10", "≤ 10"),
        (Comparator.LESS_THAN, "", "< 10", "< 10"),
        (Comparator.RANGE, "20", "10–20", "10–20"),
        (Comparator.RANGE, "", "10", "10"),
        (Comparator.ABOUT, "", "约10", "about 10"),
        ("range", "20", "10–20", "10–20"),
        (float("nan"), "", "10", "10"),
    ],
)
def test_comparators_with_their_figures(comparator: object, high: str, zh: str, en: str) -> None:
    assert comparator_text(comparator, "10", high, "zh") == zh
    assert comparator_text(comparator, "10", high, "en") == en


def test_a_few_words_as_county_notices_use_them() -> None:
    assert [word(state, "zh") for state in State][:5] == ["无任务", "未下达", "无规则", "基数缺失", "未量化"]
    assert word(Light.BLUE, "zh") == "蓝灯"
    assert word(Kind.MILESTONE, "zh") == "节点"
