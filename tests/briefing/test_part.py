"""Snapshots of a part of the county: the same figures and ranks as the whole, and nothing of anybody else."""

from datetime import timedelta
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine, update

from briefing.load import Briefing
from briefing.part import load_part, narrowed, scope_of
from briefing.ranking import flags, ranking
from briefing.snapshots import SnapshotOfAPart, read_frozen, read_whole
from briefing.villages import Villages
from data_access.engine import read
from data_access.errors import NotFound
from data_access.schema import report
from data_access.scope import Scope
from data_access.snapshots import read_content, read_snapshots
from metrics.vocabulary import Level
from tests.briefing.keeping import EVERY, MAY, NOW, WHOLE, checked, frame, took
from tests.data_access.county import COUNT, COUNTY, NORTH, SOUTH, VILLAGES

KEY = ["unit", "indicator", "issuer"]
IN_NORTH, IN_SOUTH = Scope.of(COUNTY, units=[NORTH]), Scope.of(COUNTY, units=[SOUTH])


def _by_key(cells: pd.DataFrame) -> pd.DataFrame:
    return cells.set_index(KEY).sort_index()


def _part(engine: Engine, whole: Briefing, scope: Scope) -> Villages:
    with read(engine) as connection:
        of = whole.frame
        return load_part(connection, type(of)(scope, of.year, of.as_of, of.known_at, of.now))


def _some(october: Briefing, level: Level) -> str:
    units = october.directory.units
    return str(units.loc[units["level"] == level, "code"].iloc[1])


@pytest.mark.parametrize("level", [Level.TOWNSHIP, Level.VILLAGE])
def test_a_unit_has_the_figures_of_the_whole_and_no_other_unit_s(
    demo_engine: Engine, october: Briefing, villages: Villages, level: Level
) -> None:
    unit = _some(october, level)
    part = _part(demo_engine, october, Scope.of(october.frame.county, units=[unit]))
    for mine, whole in ((part.county.cells, october.cells), (part.cells, villages.cells)):
        pd.testing.assert_frame_equal(_by_key(mine), _by_key(whole[whole["unit"].str.startswith(unit)]))
    held = set(part.county.issues["unit"]) | set(part.county.explanations["unit"])
    assert all(code.startswith(unit) for code in held)
    assert set(part.county.reporting["unit"]) <= {unit}
    assert len(part.county.cells) + len(part.cells) > 0


def test_ranks_and_flags_are_those_among_all(demo_engine: Engine, october: Briefing) -> None:
    flagged = flags(october)[0].unit
    part = _part(demo_engine, october, Scope.of(october.frame.county, units=[flagged])).county
    [row] = ranking(part).to_dict("records")
    whole = ranking(october).set_index("unit").loc[flagged]
    assert (row["unit"], row["rank"], row["judged"]) == (flagged, whole["rank"], whole["judged"])
    assert row["rank"] > 1, "alone it would be the first"
    assert [flag.reasons("zh") for flag in flags(part)] == [flags(october)[0].reasons("zh")]


def test_a_department_has_what_it_leads_and_shares_and_no_rank(
    demo_engine: Engine, october: Briefing, villages: Villages
) -> None:
    rows = october.directory.indicators
    department = str(rows.loc[rows["is_key"].astype(bool), "lead"].iloc[0])
    own = {row["code"] for row in rows.to_dict("records") if department in (row["lead"], *row["shared"])}
    part = _part(demo_engine, october, Scope.of(october.frame.county, departments=[department]))
    assert set(part.county.cells["indicator"]) == own
    expected = october.cells[october.cells["indicator"].isin(own)]
    pd.testing.assert_frame_equal(_by_key(part.county.cells), _by_key(expected))
    assert set(part.cells["unit"]) == set(villages.cells["unit"])
    assert ranking(part.county).empty and flags(part.county) == [] and part.flags == ()


def test_it_is_kept_found_again_and_holds(office: Engine) -> None:
    took(office)
    made = took(office, now=NOW + timedelta(hours=1), scope=IN_NORTH)
    assert (made.heading.root, made.heading.department) == (NORTH, None)
    assert checked(office, 2).differing == () and not checked(office, 2).is_tampered
    with read(office) as connection:
        held = read_frozen(connection, WHOLE, 2).villages
        content = read_content(connection, WHOLE, 2).decode()
        assert [each.heading.number for each in read_snapshots(connection, IN_NORTH)] == [2]
        assert read_snapshots(connection, IN_SOUTH) == []
    assert set(held.county.cells["unit"]) == {NORTH} and set(held.cells["unit"]) == set(VILLAGES[NORTH])
    assert not any(f'"{village}"' in content for village in VILLAGES[SOUTH])


def test_that_of_a_department_is_seen_by_its_readers_alone(office: Engine) -> None:
    with read(office) as connection:
        whole = load_part(connection, frame(known_at=NOW)).county
    department = whole.indicators.at[COUNT, "lead"]
    made = took(office, scope=Scope.of(COUNTY, departments=[department]))
    assert (made.heading.root, made.heading.department, made.heading.is_whole) == (COUNTY, department, False)
    assert not checked(office).is_tampered
    with read(office) as connection:
        seen = [
            len(read_snapshots(connection, scope))
            for scope in (Scope.of(COUNTY, departments=[department]), IN_NORTH, WHOLE)
        ]
    assert seen == [1, 0, 1]


def test_a_changed_record_is_found(office: Engine) -> None:
    took(office, scope=IN_NORTH)
    with office.begin() as connection:
        mine = report.c.unit == VILLAGES[NORTH][0]
        connection.execute(update(report).where(mine, report.c.period == MAY).values(value=31))
    found = checked(office)
    assert found.is_tampered and found.records == (("report", NORTH),)


@pytest.mark.parametrize(
    "scope", [Scope.of(COUNTY, units=["999999999"]), Scope.of(COUNTY, departments=["XX"])]
)
def test_what_the_county_does_not_have_is_refused(office: Engine, scope: Scope) -> None:
    with pytest.raises(NotFound):
        took(office, scope=scope)


@pytest.mark.parametrize("scope", [Scope.of(COUNTY), Scope.of(COUNTY, units=[NORTH, SOUTH])])
def test_a_snapshot_is_of_one_thing(office: Engine, scope: Scope) -> None:
    with pytest.raises(ValueError, match="one unit or one department"):
        took(office, scope=scope)


def test_a_notice_is_of_the_whole_county(office: Engine) -> None:
    took(office, scope=IN_NORTH)
    with read(office) as connection, pytest.raises(SnapshotOfAPart) as refused:
        read_whole(connection, WHOLE, 1)
    assert "第 1 号快照不是全县的" in refused.value.sentence("zh")


def test_a_unit_is_compared_with_its_villages(office: Engine) -> None:
    took(office)
    took(office, now=NOW + timedelta(hours=1), scope=IN_NORTH)
    with read(office) as connection:
        whole, part = (read_frozen(connection, WHOLE, number).villages for number in (1, 2))
    sides = [narrowed(held, IN_NORTH) for held in (whole, part)]
    for side in sides:
        assert side.root == NORTH
        assert set(side.cells["unit"]) == {NORTH, *VILLAGES[NORTH]}
        assert list(ranking(side)["unit"]) == [NORTH]
    pd.testing.assert_frame_equal(_by_key(sides[0].cells), _by_key(sides[1].cells))
    [village] = [narrowed(whole, scope_of(COUNTY, EVERY[0]))]
    assert (village.root, list(village.cells["unit"])) == (NORTH, [EVERY[0]])


def test_a_whole_county_is_compared_as_it_is(office: Engine) -> None:
    took(office)
    with read(office) as connection:
        whole: Any = read_frozen(connection, WHOLE, 1).villages
    assert narrowed(whole, WHOLE) is whole.county
