"""The invented county into a database, through the same door as everything else."""

from sqlalchemy import Connection, Engine, select

from data_access import dialect
from data_access import engine as access
from data_access.errors import UserFacing
from data_access.schema import unit
from data_access.writes import move_submission, rebuild, record_submission, write_records
from metrics.vocabulary import SubmissionState

from .batch import Batch
from .county import SEED, batches
from .places import COUNTY, COUNTY_NAME

# Batches after which the tables have their shape: setting up, targets, the first month of reports.
ENOUGH_TO_COUNT = 60


class DemoAlreadyThere(UserFacing):
    """The database holds the invented county; loading it twice would mix two histories."""

    code = "demo_already_there"
    fields = ("name", "county")
    zh = "数据库里已有演示县{name}（{county}），没有重复装入。"
    en = "The database already holds the demo county {name} ({county}); nothing was loaded."
    remedy_zh = "如需重新装入，请换一个空库。"
    remedy_en = "Use an empty database to load it anew."


def load(engine: Engine, seed: int = SEED) -> None:
    """Write the whole county in one transaction. Raises `DemoAlreadyThere`; then nothing has changed."""
    with access.write(engine, COUNTY) as connection:
        if connection.scalar(select(unit.c.code).where(unit.c.code == COUNTY)) is not None:
            raise DemoAlreadyThere(COUNTY_NAME, COUNTY)
        for number, batch in enumerate(batches(seed)):
            _write(connection, batch)
            if number == ENOUGH_TO_COUNT:
                # Without statistics SQLite reads every report of the county for each batch.
                dialect.refresh_statistics(connection)
        rebuild(connection, COUNTY)


def _write(connection: Connection, batch: Batch) -> None:
    submission = None
    if batch.handed_in is not None:
        submission = record_submission(
            connection,
            COUNTY,
            batch.handed_in,
            recorded_at=batch.recorded_at,
            state=SubmissionState.SUBMITTED,
            actor=batch.author,
        )
    write_records(
        connection,
        COUNTY,
        batch.records,
        recorded_at=batch.recorded_at,
        author=batch.author,
        submission=submission,
        defer_rollup=True,
    )
    if submission is not None and batch.move is not None:
        move = batch.move
        move_submission(
            connection,
            COUNTY,
            submission,
            move.state,
            actor=move.actor,
            at=move.at,
            note=move.note,
            defer_rollup=True,
        )
