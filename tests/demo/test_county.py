"""The county as a whole: the same each time, in order, loaded once, and reading like a county."""

import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Engine, func, select

import demo
from briefing.attention import things
from briefing.load import Briefing
from briefing.load import load as load_briefing
from briefing.ranking import flags, ranking
from data_access.engine import make_engine, read
from data_access.records import IssueRecord, ReportRecord, TargetRecord
from data_access.schema import report, submission, unit
from demo import county
from demo.batch import Batch
from demo.county import SEED, batches
from demo.loading import DemoAlreadyThere, load
from demo.places import COUNTY
from metrics.vocabulary import LAGGING_STATES, State
from tests.demo.conftest import frame_of

ROOT = Path(county.__file__).parents[1]


def _digest(entered: list[Batch]) -> str:
    return sha256(repr(entered).encode()).hexdigest()


@pytest.mark.long
def test_the_same_seed_gives_the_same_county_in_any_process(entered: list[Batch]) -> None:
    """Sets are ordered differently in every process unless a seed for hashes is given."""
    program = (
        "from hashlib import sha256; from demo.county import batches; "
        "print(sha256(repr(batches()).encode()).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == _digest(entered)


@pytest.mark.long
def test_another_seed_gives_another_county(entered: list[Batch]) -> None:
    assert _digest(batches(SEED + 1)) != _digest(entered)


def test_records_are_what_was_entered(entered: list[Batch], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(county, "batches", lambda seed: entered)
    assert county.records() == tuple(record for batch in entered for record in batch.records)


def test_everything_is_entered_in_order_and_nothing_is_in_the_future(entered: list[Batch]) -> None:
    moments = [batch.recorded_at for batch in entered]
    assert moments == sorted(moments)
    assert moments[0] < datetime(2025, 1, 1, tzinfo=UTC)
    assert moments[-1] < datetime(2026, 11, 20, tzinfo=UTC)
    for batch in entered:
        assert batch.handed_in is None or batch.handed_in.submitted_at == batch.recorded_at
        assert batch.move is None or batch.move.at >= batch.recorded_at


def test_there_is_as_much_as_a_county_has(entered: list[Batch]) -> None:
    counts = Counter(type(record) for batch in entered for record in batch.records)
    assert counts[ReportRecord] > 70_000
    assert counts[TargetRecord] > 8_000
    assert counts[IssueRecord] >= 120


def test_the_room_offers_what_commands_need() -> None:
    assert set(demo.__all__) == {"SEED", "DemoAlreadyThere", "batches", "load", "records"}


def test_a_database_takes_the_county_once(demo_copy: Path) -> None:
    engine = make_engine(f"sqlite:///{demo_copy}")
    before = _counts(engine)
    with pytest.raises(DemoAlreadyThere) as refused:
        load(engine)
    assert COUNTY in refused.value.sentence("zh")
    assert "empty database" in refused.value.remedy("en")
    assert _counts(engine) == before
    engine.dispose()


def _counts(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        tables = (unit, report, submission)
        return [connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def test_every_state_that_the_defaults_can_give_occurs(briefing: Briefing) -> None:
    """未到报送期 needs a period that a page asked for and that is not due yet."""
    assert set(briefing.cells["state"]) == set(State) - {State.NOT_YET_REPORTED}


def test_most_are_on_plan_and_few_far_behind(cells: pd.DataFrame) -> None:
    states = cells["state"].value_counts()
    judged = states.reindex(
        ["done", "on_plan", "slightly_behind", "behind", "far_behind", "unfinished"]
    ).fillna(0)
    shares = judged / judged.sum()
    assert 0.55 < shares["done"] + shares["on_plan"] < 0.80
    assert 0.10 < shares["slightly_behind"] < 0.30
    assert 0.04 < shares["behind"] < 0.14
    assert 0.01 < shares["far_behind"] + shares["unfinished"] < 0.06


def test_three_townships_are_in_trouble_and_some_are_well(cells: pd.DataFrame, briefing: Briefing) -> None:
    names = briefing.units["name"]
    bad = cells[cells["state"].isin(LAGGING_STATES)]["unit"].map(names).value_counts()
    assert set(bad.index[:3]) == {"云台乡", "石门乡", "白沙镇"}
    assert bad.reindex(["永丰镇", "凤鸣街道", "清溪镇", "大河镇"]).fillna(0).max() <= 3


def test_who_has_not_reported_is_neither_ranked_nor_flagged(briefing: Briefing) -> None:
    ranked = ranking(briefing)
    names = ranked["unit"].map(briefing.units["name"])
    assert set(names[ranked["rank"].isna()]) == {"竹坪乡", "红岭农场"}
    flagged = {str(briefing.units.at[flag.unit, "name"]) for flag in flags(briefing)}
    assert flagged >= {"石门乡", "白沙镇", "云台乡"}
    assert len(flagged) <= 8


def test_what_needs_a_decision_names_someone_and_a_body_it_waits_on(briefing: Briefing) -> None:
    found = things(briefing)
    assert found
    assert any(thing.waits_on for thing in found)


def test_last_year_is_over(demo_database: Path) -> None:
    engine = make_engine(f"sqlite:///{demo_database}", statement_seconds=60)
    with read(engine) as connection:
        held = load_briefing(connection, frame_of(2025, date(2025, 12, 31))).cells
    engine.dispose()
    states = held[held["is_principal"]]["state"].value_counts()
    assert not set(states.index) & {"on_plan", "slightly_behind", "behind", "far_behind"}
    assert states["done"] / (states["done"] + states["unfinished"]) > 0.85
