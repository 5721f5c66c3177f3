"""Alembic's entry: online only, the address comes from the caller."""

from alembic import context

from broadcast.db import EnumText, UtcDateTime, make_engine
from broadcast.tables import Base


def render_item(kind, thing, autogen):
    """Our column types as a migration should spell them, without importing today's enums."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        autogen.imports.add("from broadcast.db import UtcDateTime")
        return "UtcDateTime()"
    if kind == "type" and isinstance(thing, EnumText):
        return "sa.String(length=20)"
    return False


engine = make_engine(context.config.attributes["url"])
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=False,
        compare_type=False,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()
    if connection.in_transaction():
        connection.commit()
engine.dispose()
