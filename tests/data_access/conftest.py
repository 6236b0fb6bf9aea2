"""The small county that most of these tests write into."""

import pytest
from sqlalchemy import Engine

from tests.data_access.boards import EVERY
from tests.data_access.county import basics, indicator, put, target


@pytest.fixture
def county(engine: Engine) -> Engine:
    """The county with one indicator that every village owes."""
    put(engine, *basics(), indicator("count"), *(target("count", village, 10) for village in EVERY))
    return engine
