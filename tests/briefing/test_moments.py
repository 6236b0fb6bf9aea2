"""Every view is of a day and a moment: what was not yet known, or had not yet happened, is not in it."""

from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest

from briefing.load import Briefing
from data_access.errors import NothingKnown
from metrics.vocabulary import Accumulation, Level, Quality
from tests.briefing.evidence import Evidence, Version
from tests.views import NOW, OCTOBER, Brief


def _running_totals(briefing: Briefing) -> list[str]:
    """Indicators of which a township's actual is plainly the sum of what its villages last reported."""
    held = briefing.directory.indicators
    plain = (held["accumulation"] == Accumulation.YEAR_TO_DATE) & (held["level_reported"] == Level.VILLAGE)
    return list(held.loc[plain & (held["kind"] == "accumulate"), "code"])


def _sums(briefing: Briefing, evidence: Evidence, known_at: datetime) -> dict[tuple[str, str], int]:
    """The sum over each township's villages of the newest figures accepted for this year up to the data day."""
    newest: dict[tuple[str, str], Version] = {}
    for version in evidence.accepted(known_at).values():
        unit, indicator, period = version.key
        day = briefing.board.data_days.get(indicator)
        if day is None or version.value is None or period > day or period.year != day.year:
            continue
        if (unit, indicator) not in newest or newest[unit, indicator].key[2] < period:
            newest[unit, indicator] = version
    out: dict[tuple[str, str], int] = {}
    for (_, indicator), version in newest.items():
        key = (version.township, indicator)
        out[key] = out.get(key, 0) + (version.value or 0)
    return out


def _assert_sums(briefing: Briefing, evidence: Evidence, known_at: datetime) -> None:
    expected = _sums(briefing, evidence, known_at)
    cells = briefing.cells_at(Level.TOWNSHIP)
    cells = cells[cells["indicator"].isin(_running_totals(briefing)) & (cells["units_in"] > 0)]
    assert len(cells) > 30
    for cell in cells.itertuples():
        assert cell.actual == expected[cell.unit, cell.indicator], (cell.unit, cell.indicator)


def _correction(evidence: Evidence, briefing: Briefing) -> tuple[Version, Version]:
    """The newest period's figure of a running total and the accepted correction that changed it."""
    accepted = dict(sorted(evidence.accepted(NOW).items(), key=lambda held: held[0][2], reverse=True))
    first = {version.key: version for version in evidence.versions if version.revision == 1}
    for key, newest in accepted.items():
        is_plain = key[1] in _running_totals(briefing) and newest.quality == Quality.EXACT
        if (
            newest.revision > 1
            and key[2].year == OCTOBER.year
            and is_plain
            and newest.value != first[key].value
        ):
            return first[key], newest
    pytest.fail("the demo county has no correction of this year's figures")


def test_amounts_are_the_sums_of_what_was_accepted(october: Briefing, evidence: Evidence) -> None:
    _assert_sums(october, evidence, NOW)


def test_a_moment_before_a_correction_shows_the_old_value(
    brief: Brief, october: Briefing, evidence: Evidence
) -> None:
    old, new = _correction(evidence, october)
    moment, day = new.recorded_at - timedelta(minutes=1), new.key[2]
    now, before = brief(day, None), brief(day, moment)
    _assert_sums(before, evidence, moment)
    assert old.value is not None and new.value is not None

    def actual(briefing: Briefing) -> int:
        cells = briefing.cells
        mine = cells[(cells["unit"] == old.township) & (cells["indicator"] == old.key[1])]
        return int(mine[mine["is_principal"]]["actual"].iloc[0])

    others = {
        version.key
        for version in evidence.accepted(NOW).values()
        if version.township == old.township and version.key[1:] == old.key[1:]
    }
    known = evidence.accepted(moment)
    change = sum((evidence.accepted(NOW)[key].value or 0) - (known[key].value or 0) for key in others)
    assert actual(now) - actual(before) == change != 0


def test_a_moment_to_come_shows_what_is_known_now(brief: Brief, october: Briefing) -> None:
    later = brief(OCTOBER, datetime(2100, 1, 1, tzinfo=UTC))
    pd.testing.assert_frame_equal(later.cells, october.cells)
    pd.testing.assert_frame_equal(later.issues, october.issues)
    pd.testing.assert_frame_equal(later.reporting, october.reporting)


@pytest.mark.parametrize(
    ("day", "known_at"), [(OCTOBER, datetime(2001, 1, 1, tzinfo=UTC)), (date(2001, 1, 31), None)]
)
def test_before_everything_a_sentence_says_so(brief: Brief, day: date, known_at: datetime | None) -> None:
    with pytest.raises(NothingKnown, match=day.isoformat()):
        brief(day, known_at)


def test_an_earlier_day_uses_its_own_month(brief: Brief, evidence: Evidence) -> None:
    june = date(2026, 6, 30)
    held = brief(june)
    days = {day for day in held.board.data_days.values() if day is not None}
    assert max(days) == june
    _assert_sums(held, evidence, NOW)
    assert (held.issues["opened_on"] <= june).all()
    assert (held.issue_events["day"] <= june).all() or held.issues["is_open"].any()


def test_open_items_are_those_open_on_the_day(brief: Brief, october: Briefing) -> None:
    june = brief(date(2026, 6, 30)).issues.set_index("number")
    now = october.issues.set_index("number")
    assert set(june.index) < set(now.index)
    assert (june["is_open"] & ~now["is_open"].reindex(june.index)).any(), "some were closed since"
    assert not (~june["is_open"] & now["is_open"].reindex(june.index) & (now["round"] == 1)).any()
