"""Alembic's entry: online only, the address comes from the caller."""

from alembic import context

from broadcast.db import make_engine
from broadcast.tables import Base

engine = make_engine(context.config.attributes["url"])
with engine.connect() as connection:
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    if connection.in_transaction():
        connection.commit()
engine.dispose()
