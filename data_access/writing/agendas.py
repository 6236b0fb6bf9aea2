"""The agendas of meetings: every version kept, none written over one that its author has not seen."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from data_access.errors import AgendaChanged
from data_access.records import AgendaRecord
from data_access.schema import agenda
from data_access.writing.context import Writing
from data_access.writing.documents import Document, append

AGENDA = Document("agenda", agenda, ("code",), ("name", "content"))


def write_agendas(writing: Writing, records: Sequence[AgendaRecord]) -> None:
    """Write versions of agendas; the content is stored as JSON.

    Raises `AgendaChanged` where another version came since the one this was made from.
    """
    rows = [_row(writing, record) for record in records]
    for record, row in zip(records, rows, strict=True):
        versions = _versions(writing, record.code)
        says_the_same = bool(versions) and all(versions[-1][name] == row[name] for name in versions[-1])
        if not says_the_same and len(versions) != record.follows:
            raise AgendaChanged(record.name)
    append(writing, AGENDA, rows)


def _row(writing: Writing, record: AgendaRecord) -> dict[str, Any]:
    return {
        "code": record.code,
        "name": record.name,
        "content": json.dumps(record.content, ensure_ascii=False, sort_keys=True),
        "author": writing.author,
        "withdrawn": record.withdrawn,
    }


def _versions(writing: Writing, code: str) -> list[dict[str, Any]]:
    statement = (
        select(agenda.c.name, agenda.c.content, agenda.c.withdrawn)
        .where(agenda.c.county == writing.county, agenda.c.code == code)
        .order_by(agenda.c.recorded_at)
    )
    return [dict(row) for row in writing.connection.execute(statement).mappings()]
