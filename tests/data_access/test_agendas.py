"""Agendas: every version kept, the newest counts, nobody writes over what they have not seen."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.agendas import (
    AgendaVersion,
    count_agendas,
    read_agenda,
    read_agendas,
    recorded_after,
)
from data_access.engine import read
from data_access.errors import AgendaChanged, ConflictingRecords
from data_access.reads import data_version
from data_access.records import AgendaRecord, SettingRecord
from data_access.scope import Scope
from tests.data_access.county import (
    COUNT,
    COUNTY,
    NORTH,
    VILLAGES,
    basics,
    hand_in_now,
    indicator,
    moment,
    put,
    report,
    target,
)

WHOLE = Scope.whole(COUNTY)
OTHER = Scope.whole("990522")


def agenda(code: str = "1", name: str = "周例会", follows: int = 0, **more: Any) -> AgendaRecord:
    content = {"entries": [{"view": more.pop("view", "overview")}]}
    return AgendaRecord(code, name, content, follows, **more)


def held(engine: Engine, scope: Scope = WHOLE) -> list[AgendaVersion]:
    with read(engine) as connection:
        return read_agendas(connection, scope)


def one(engine: Engine, code: str, version: int) -> AgendaVersion | None:
    with read(engine) as connection:
        return read_agenda(connection, WHOLE, code, version)


def test_the_newest_version_counts_and_every_version_is_kept(engine: Engine) -> None:
    put(engine, *basics())
    assert held(engine) == []
    put(engine, agenda(), at=moment(3, 1))
    put(engine, agenda(name="周例会（新）", follows=1, view="things"), at=moment(3, 2))
    (found,) = held(engine)
    assert (found.version, found.name, found.author) == (2, "周例会（新）", "测试")
    assert (found.recorded_at, found.withdrawn) == (moment(3, 2), False)
    assert json.loads(found.content) == {"entries": [{"view": "things"}]}
    first = one(engine, "1", 1)
    assert first is not None and first.name == "周例会" and "overview" in first.content
    assert one(engine, "1", 2) == found
    assert [one(engine, "1", 0), one(engine, "1", 3), one(engine, "2", 1)] == [None, None, None]
    assert held(engine, OTHER) == []


def test_the_one_saved_last_comes_first_and_codes_are_never_used_again(engine: Engine) -> None:
    put(engine, *basics())
    put(engine, agenda("1"), at=moment(3, 1))
    put(engine, agenda("2", "专题会"), at=moment(3, 2))
    put(engine, agenda("1", "周例会二", follows=1), at=moment(3, 3))
    assert [(each.code, each.version) for each in held(engine)] == [("1", 2), ("2", 1)]
    put(engine, agenda("1", "周例会二", follows=2, withdrawn=True), at=moment(3, 4))
    assert [each.code for each in held(engine)] == ["2"]
    with read(engine) as connection:
        assert (count_agendas(connection, WHOLE), count_agendas(connection, OTHER)) == (2, 0)
    gone = one(engine, "1", 3)
    assert gone is not None and gone.withdrawn
    assert one(engine, "1", 2) is not None


def test_what_another_saved_meanwhile_is_not_written_over(engine: Engine) -> None:
    put(engine, *basics(), agenda())
    put(engine, agenda(name="甲改", follows=1), at=moment(3, 1))
    with read(engine) as connection:
        version = data_version(connection, COUNTY)
    for follows in (0, 1, 3):
        with pytest.raises(AgendaChanged, match="乙改"):
            put(engine, agenda(name="乙改", follows=follows), at=moment(3, 2))
    assert [each.name for each in held(engine)] == ["甲改"]
    with read(engine) as connection:
        assert data_version(connection, COUNTY) == version
    with pytest.raises(ConflictingRecords):
        put(engine, agenda("9", "甲"), agenda("9", "乙"), at=moment(3, 3))


def test_pages_hear_of_a_new_agenda(engine: Engine) -> None:
    put(engine, *basics())
    with read(engine) as connection:
        version = data_version(connection, COUNTY)
    assert put(engine, agenda(), at=moment(3, 1)).new == 1
    with read(engine) as connection:
        assert data_version(connection, COUNTY) == version + 1


def test_what_came_after_a_moment_is_counted_by_kind(engine: Engine) -> None:
    opened = moment(3, 1)
    north = VILLAGES[NORTH][0]
    put(engine, *basics(), indicator(COUNT), target(COUNT, north, 10))

    def later() -> dict[str, int]:
        with read(engine) as connection:
            return recorded_after(connection, WHOLE, opened)

    hand_in_now(engine, [report(COUNT, north, date(2026, 1, 31), 5)], at=moment(2, 2))
    put(engine, agenda(), SettingRecord("county.title", "云岭县"), at=moment(3, 2))
    assert later() == {}, "neither an agenda nor a title changes a figure"
    hand_in_now(engine, [report(COUNT, north, date(2026, 2, 28), 5)], at=moment(3, 3))
    put(engine, target(COUNT, north, 12, reason="更正"), at=moment(3, 4))
    assert later() == {"submission": 1, "target": 1}
    with read(engine) as connection:
        assert recorded_after(connection, WHOLE, moment(3, 5)) == {}
        assert recorded_after(connection, OTHER, opened) == {}
