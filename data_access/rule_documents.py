"""Issuing a rule document: a new number, never another content under an old one."""

from datetime import datetime

from sqlalchemy import Connection, select

from data_access import dialect
from data_access.errors import RuleNumberTaken
from data_access.records import RuleRecord
from data_access.schema import rule_document
from data_access.writes import write_records


def issue_rule(
    connection: Connection, county: str, record: RuleRecord, *, recorded_at: datetime, author: str
) -> None:
    """Record a new rule document. Raises `RuleNumberTaken` where the county already has one of this number.

    The county's lock comes first: of two who issue the same number one is refused.
    """
    dialect.lock(connection, county)
    require_new_number(connection, county, record.number)
    write_records(connection, county, [record], recorded_at=recorded_at, author=author)


def require_new_number(connection: Connection, county: str, number: str) -> None:
    """Raise `RuleNumberTaken` where the county already has a rule document of this number."""
    columns = (rule_document.c.title, rule_document.c.valid_from)
    held = connection.execute(
        select(*columns)
        .where(rule_document.c.county == county, rule_document.c.number == number)
        .order_by(rule_document.c.id.desc())
    ).first()
    if held is not None:
        raise RuleNumberTaken(number, held.title, held.valid_from.isoformat())
