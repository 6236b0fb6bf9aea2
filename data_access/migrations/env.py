"""Alembic's entry: runs on the connection it is handed, else on the installation's own database."""

from alembic import context
from sqlalchemy import Connection

from data_access.engine import make_engine, write
from data_access.schema import metadata
from data_access.settings import settings


def run(connection: Connection) -> None:
    # SQLite's tables can be made within a transaction as well; Alembic assumes they cannot.
    context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with write(make_engine(settings().database_url)) as own:
        run(own)
