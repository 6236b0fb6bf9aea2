"""Why figures were corrected: the reasons of the corrections that count, and of no other."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from metrics.vocabulary import SubmissionState
from notices.content import Paragraph
from notices.correction import MOST_REASONS
from notices.flow import make_correction
from tests.conftest import written_once
from tests.data_access import county
from tests.data_access.county import COUNT, NORTH, SOUTH, VILLAGES, hand_in_now, put
from tests.notices.office import (
    DRAFTER,
    MAY,
    NOW,
    WHOLE,
    begun,
    check,
    go_out,
    issue,
    look,
    report,
    snapshot,
)

ONE_DAY = timedelta(days=1)
FOUND_OUT = NOW + 10 * ONE_DAY
AFTER = NOW + 12 * ONE_DAY
OF_MAY = "单位101更正截至2026年5月31日的指标count数据"


@pytest.fixture(scope="module")
def sqlite_start(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written_once(begun(sqlite_template), tmp_path_factory.mktemp("reasons"), go_out)


@pytest.fixture
def office(sqlite_engine: Engine) -> Engine:
    """The county with its first notice issued."""
    return sqlite_engine


def correct(engine: Engine, of: int, number: int = 1) -> int:
    return make_correction(engine, WHOLE, number, of, actor=DRAFTER, moment=AFTER)


def why(engine: Engine, number: int) -> list[str]:
    """The reasons that a correction gives."""
    [told] = [
        each.text
        for each in look(engine, number).paper.blocks
        if isinstance(each, Paragraph) and each.text.startswith("更正原因：")
    ]
    return told.removeprefix("更正原因：").rstrip("。").split("；")


def test_a_correction_says_for_what_reason(office: Engine) -> None:
    report(office, 5, NORTH, 9, FOUND_OUT, "漏报")
    assert why(office, correct(office, snapshot(office, AFTER))) == [f"{OF_MAY}（漏报）"]


def test_a_reason_with_personal_data_is_not_quoted(office: Engine) -> None:
    report(office, 5, NORTH, 9, FOUND_OUT, "户主张三家漏报")
    number = correct(office, snapshot(office, AFTER))
    assert why(office, number) == [OF_MAY]
    assert look(office, number).notes == (("not_quoted", "单位101"),)


def test_every_period_and_reason_is_told_once_and_many_are_counted(office: Engine) -> None:
    for town in (NORTH, SOUTH):
        for month in range(1, 6):
            report(office, month, town, 9, FOUND_OUT, "漏报")
    told = why(office, correct(office, snapshot(office, AFTER)))
    assert len(set(told)) == MOST_REASONS and sum(each.count("漏报") for each in told) == MOST_REASONS
    assert told[-1].endswith("等10项")


def test_a_reason_that_another_correction_followed_is_not_quoted(office: Engine) -> None:
    report(office, 5, NORTH, 9, FOUND_OUT, "漏报")
    first = correct(office, snapshot(office, AFTER))
    check(office, first, AFTER)
    issue(office, first, AFTER, "云政办通报〔2026〕9号")
    report(office, 5, NORTH, 10, AFTER + ONE_DAY, "再核")
    assert why(office, correct(office, snapshot(office, AFTER + 2 * ONE_DAY))) == [f"{OF_MAY}（再核）"]
    assert why(office, first) == [f"{OF_MAY}（漏报）"]


def test_what_followed_after_the_moment_of_the_correction_hides_nothing(office: Engine) -> None:
    report(office, 5, NORTH, 9, FOUND_OUT, "漏报")
    report(office, 5, NORTH, 10, FOUND_OUT + ONE_DAY, "再核")
    by_the_first = snapshot(office, AFTER, known_at=FOUND_OUT)
    assert why(office, correct(office, by_the_first)) == [f"{OF_MAY}（漏报）"]


@pytest.mark.parametrize("state", [SubmissionState.RETURNED, SubmissionState.SUBMITTED])
def test_of_a_correction_that_does_not_count_the_one_before_is_quoted(
    office: Engine, state: SubmissionState
) -> None:
    report(office, 5, NORTH, 9, FOUND_OUT, "漏报")
    again = [county.report(COUNT, village, MAY, 10, reason="再核") for village in VILLAGES[NORTH]]
    hand_in_now(office, again, at=FOUND_OUT + ONE_DAY, of=NORTH, period=MAY, state=state)
    assert why(office, correct(office, snapshot(office, AFTER))) == [f"{OF_MAY}（漏报）"]


def test_every_reason_in_force_is_quoted(office: Engine) -> None:
    report(office, 5, NORTH, 9, FOUND_OUT, "漏报")
    first, *_ = VILLAGES[NORTH]
    hand_in_now(
        office,
        [county.report(COUNT, first, MAY, 10, reason="再核")],
        at=FOUND_OUT + ONE_DAY,
        of=NORTH,
        period=MAY,
    )
    told = why(office, correct(office, snapshot(office, AFTER)))
    assert sorted(told) == sorted(f"{OF_MAY}（{each}）" for each in ("再核", "漏报"))


def test_of_two_targets_the_one_in_force_is_quoted(office: Engine) -> None:
    for day, low, document in ((1, 70, "云办〔2026〕8号"), (2, 80, "云办〔2026〕9号")):
        aims = [county.target(COUNT, village, low, document=document) for village in VILLAGES[NORTH]]
        put(office, *aims, at=FOUND_OUT + day * ONE_DAY)
    told = why(office, correct(office, snapshot(office, AFTER)))
    assert told and all("云办〔2026〕9号" in each for each in told)
