"""The demo county with six of its sixteen townships, for tests whose pages are made anew again and again.

The county's own targets stay as they were: it is further behind than the whole one.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Column, ColumnElement, create_engine, delete, func, or_, select

from data_access import rollup
from data_access.engine import make_engine
from data_access.schema import issue, issue_event, metadata, submission, submission_event
from demo.places import COUNTY

# A street, three towns (one of them corrected a figure late), two of the flooded townships in the hills.
KEPT = tuple(f"{COUNTY}{number}" for number in ("001", "100", "101", "107", "200", "201"))
NAMES_A_UNIT = frozenset({"unit", "ancestor", "township", "old", "new"})


def trim(whole: Path, path: Path) -> None:
    """Write the smaller county to `path`: what the whole one holds, without whatever names another township."""
    shutil.copyfile(whole, path)
    # Without the house's own engine, which refuses a unit that something still names.
    plain = create_engine(f"sqlite:///{path}")
    with plain.begin() as connection:
        for table in metadata.sorted_tables:
            named = [table.c.code] if table.name == "unit" else [c for c in table.c if c.name in NAMES_A_UNIT]
            if named:
                connection.execute(delete(table).where(or_(*(_strange(column) for column in named))))
        for own, of in (
            (submission_event.c.submission, submission.c.id),
            (issue_event.c.number, issue.c.number),
        ):
            connection.execute(delete(own.table).where(own.not_in(select(of))))
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    plain.dispose()
    engine = make_engine(f"sqlite:///{path}", statement_seconds=60)
    with engine.begin() as connection:
        rollup.rebuild(connection, COUNTY)
    engine.dispose()
    # Copied for every test that writes: without the room of what was taken out it is a third as large.
    with closing(sqlite3.connect(path)) as whole_file:
        whole_file.execute("VACUUM")


def _strange(column: Column) -> ColumnElement[bool]:
    return func.coalesce(func.length(column) > len(COUNTY), False) & func.substr(column, 1, 9).not_in(KEPT)
