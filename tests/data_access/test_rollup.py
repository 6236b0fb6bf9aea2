"""The roll-up says what an independent reading of the rules says, however it came about."""

import itertools
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine, delete, select, update

from data_access.asked import Asked
from data_access.engine import read, write
from data_access.outdated import outdated
from data_access.rollup import check
from data_access.schema import rollup, unit_ancestor
from data_access.sums import COLUMNS, all_rows
from data_access.writes import rebuild
from metrics.vocabulary import Layer
from tests.data_access.oracle import Key, Oracle, World, month_ends
from tests.data_access.worlds import play, scenarios

LATER = timedelta(days=1000)
Sums = dict[Key, tuple[Any, ...]]
_codes = itertools.count()


@pytest.fixture(scope="module")
def sqlite_shared(tmp_path_factory: pytest.TempPathFactory) -> Any:
    from data_access.engine import make_engine
    from data_access.migrate import migrate

    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('rollup') / 'many.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


def _county() -> str:
    return f"99{next(_codes):04d}"


def _stored(engine: Engine, county: str, layer: Layer) -> Sums:
    with read(engine) as connection:
        rows = connection.execute(
            select(*(rollup.c[name] for name in COLUMNS)).where(
                rollup.c.county == county, rollup.c.layer == layer
            )
        )
        return {tuple(row[:4]): tuple(row[4:]) for row in rows}


def _summed(engine: Engine, county: str, layer: Layer, days: list[date], known_at: datetime) -> Sums:
    with read(engine) as connection:
        asked = Asked(county, dict.fromkeys(days), layer, known_at)
        rows = connection.execute(all_rows(asked), asked.values)
        return {tuple(row[:4]): tuple(row[4:]) for row in rows}


def _open_days(world: World) -> list[date]:
    years = {record.year for _, record in world.targets} | {said.record.period.year for said in world.said}
    return [day for year in sorted(years) for day in month_ends(year)]


def _moments(world: World) -> list[datetime]:
    written = [at for at, _ in world.units + world.targets + world.curves]
    written += [marked.at for marked in world.marks]
    return sorted({*written, *(at for said in world.said + world.marks for at, _ in said.states)})


def _proves(engine: Engine, steps: list[tuple[str, Any]]) -> None:
    refreshed, rebuilt = _county(), _county()
    world = play(engine, refreshed, steps)
    days = _open_days(world)
    now = _moments(world)[-1] + LATER
    for layer in Layer:
        assert _stored(engine, refreshed, layer) == Oracle(world, now, layer).sums(days)
    with read(engine) as connection:
        assert check(connection, refreshed) == []
    again = play(engine, rebuilt, steps, defer=True)
    for layer in Layer:
        assert _stored(engine, rebuilt, layer) == Oracle(again, now, layer).sums(days)
    stored = _stored(engine, refreshed, Layer.REPORTED)
    for moment in _moments(world)[::3]:
        expected = Oracle(world, moment).sums(days)
        assert _summed(engine, refreshed, Layer.REPORTED, days, moment) == expected
        still = _still_said(engine, refreshed, {(key[2], key[1]) for key in stored | expected}, moment)
        assert _of(stored, still) == _of(expected, still)


def _still_said(
    engine: Engine, county: str, asked: set[tuple[str, date]], moment: datetime
) -> set[tuple[str, date]]:
    """The indicators and days that a reader of an earlier moment takes from the roll-up."""
    days = {day: frozenset(code for code, of in asked if of == day) for _, day in asked}
    with read(engine) as connection:
        stored, summed = outdated(connection, county, moment, Layer.REPORTED, days).parted(days)
    assert {
        (code, day) for part in (stored, summed) for day, named in part.items() for code in named
    } == asked
    return {(code, day) for day, named in stored.items() for code in named}


def _of(sums: Sums, chosen: set[tuple[str, date]]) -> Sums:
    return {key: row for key, row in sums.items() if (key[2], key[1]) in chosen}


QUIET = settings(
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@settings(QUIET, max_examples=4)
@given(scenarios())
def test_sums_are_what_the_rules_say(sqlite_shared: Engine, steps: list[tuple[str, Any]]) -> None:
    _proves(sqlite_shared, steps)


@pytest.mark.postgres
@settings(QUIET, max_examples=2)
@given(scenarios())
def test_sums_are_the_same_on_postgresql(postgres_engine: Engine, steps: list[tuple[str, Any]]) -> None:
    _proves(postgres_engine, steps)


@pytest.mark.long
@settings(QUIET, max_examples=200, derandomize=False)
@given(scenarios())
def test_many_sums_are_what_the_rules_say(sqlite_shared: Engine, steps: list[tuple[str, Any]]) -> None:
    _proves(sqlite_shared, steps)


@pytest.mark.long
@pytest.mark.postgres
@settings(QUIET, max_examples=50, derandomize=False)
@given(scenarios())
def test_many_sums_are_the_same_on_postgresql(postgres_engine: Engine, steps: list[tuple[str, Any]]) -> None:
    _proves(postgres_engine, steps)


def test_check_finds_what_does_not_agree(engine: Engine) -> None:
    from tests.data_access.county import COUNTY, VILLAGES, basics, indicator, put, target

    villages = [village for of in VILLAGES.values() for village in of]
    put(engine, *basics(), indicator("count"), *(target("count", village, 10) for village in villages))
    with write(engine) as connection:
        connection.execute(update(rollup).where(rollup.c.ancestor == COUNTY).values(units_owed=99))
        connection.execute(delete(unit_ancestor).where(unit_ancestor.c.unit == villages[0]))
    with read(engine) as connection:
        found = check(connection, COUNTY)
    assert {each.table for each in found} == {"rollup", "unit_ancestor"}
    assert any(each.stored is None for each in found)
    with write(engine) as connection:
        rebuild(connection, COUNTY)
    with read(engine) as connection:
        assert check(connection, COUNTY) == []
