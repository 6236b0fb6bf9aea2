"""The one engine of this process, and whether the database answers."""

import streamlit as st
from sqlalchemy import Engine

from data_access.engine import make_engine, read
from data_access.errors import UserFacing
from data_access.reads import counties
from data_access.settings import settings


@st.cache_resource(show_spinner=False)
def engine() -> Engine:
    """The engine of this process."""
    return make_engine(settings().database_url)


def fault() -> str | None:
    """The code of what keeps the database from answering a statement; None where it answers."""
    try:
        with read(engine()) as connection:
            counties(connection)
    except UserFacing as found:
        return found.code
    return None
