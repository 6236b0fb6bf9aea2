"""The directory of a county of real size is read without reading anything over and over."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access import directory
from data_access.engine import read
from data_access.scope import Scope
from metrics.vocabulary import Level
from tests.data_access.county import COUNTY, put, unit

TOWNSHIPS, VILLAGES = 16, 16
DAY = date(2026, 10, 31)


def _units() -> Iterator[Any]:
    yield unit(COUNTY, Level.COUNTY, None)
    for number in range(TOWNSHIPS):
        township = f"{COUNTY}{100 + number}"
        yield unit(township, Level.TOWNSHIP, COUNTY)
        for place in range(VILLAGES):
            yield unit(f"{township}{200 + place}", Level.VILLAGE, township, households=300, persons=1000)


def _rows_touched(plan: dict[str, Any]) -> int:
    """Rows that a node of a plan gave or threw away, over all its loops, with those of the nodes below."""
    own = (
        plan["Actual Rows"]
        + plan.get("Rows Removed by Join Filter", 0)
        + plan.get("Rows Removed by Filter", 0)
    )
    return int(own * plan["Actual Loops"]) + sum(_rows_touched(part) for part in plan.get("Plans", ()))


@pytest.mark.postgres
def test_postgresql_does_not_repeat_a_part_for_every_unit(postgres_engine: Engine) -> None:
    units = list(_units())
    put(postgres_engine, *units)
    statement = directory._unit_rows(Scope.whole(COUNTY), DAY, None)
    with read(postgres_engine) as connection:
        compiled = str(statement.compile(connection, compile_kwargs={"literal_binds": True}))
        explained = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {compiled}").scalar_one()
        assert len(connection.execute(statement).all()) == len(units)
    assert _rows_touched(explained[0]["Plan"]) < 5 * len(units) ** 2
