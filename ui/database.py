"""The one engine of this process, and whether the database answers."""

import streamlit as st
from sqlalchemy import Engine

from data_access.engine import make_engine, read
from data_access.errors import DatabaseUnreachable
from data_access.reads import counties
from data_access.settings import settings


@st.cache_resource(show_spinner=False)
def engine() -> Engine:
    """The engine of this process."""
    return make_engine(settings().database_url)


def is_reachable() -> bool:
    """Whether a statement gets an answer."""
    try:
        with read(engine()) as connection:
            counties(connection)
    except DatabaseUnreachable:
        return False
    return True
