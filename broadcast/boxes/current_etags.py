"""The etag of the plan that the holder of a token would be given now: one read of two indexed rows.

The reads have connections of their own, each statement for itself, so that a question is one
round trip and no transaction.
"""

from typing import TYPE_CHECKING, Any, Protocol, cast

from sqlalchemy import Engine, PoolProxiedConnection, bindparam, create_engine, event, select
from sqlalchemy.dialects.postgresql.base import PGDialect

from broadcast.boxes.models import BoxToken, PlanDocument

if TYPE_CHECKING:
    from psycopg import Connection

_CURRENT = (
    select(PlanDocument.etag)
    .join(BoxToken, BoxToken.box_id == PlanDocument.box_id)
    .where(
        BoxToken.token_hash == bindparam("token_hash"),
        BoxToken.revoked_at.is_(None),
        BoxToken.expires_at.is_(None),
        PlanDocument.stale.is_(False),
    )
)
"""A token that will expire (it was rotated) is looked at by the view, which knows the time."""


class _Question(Protocol):
    def ask(self, connection: PoolProxiedConnection, token_hash: str) -> str | None: ...


class CurrentEtags:
    """`engine` is only asked for its address and its end."""

    def __init__(self, engine: Engine) -> None:
        self._engine = create_engine(
            engine.url, isolation_level="AUTOCOMMIT", pool_reset_on_return=None
        )
        event.listen(engine, "engine_disposed", lambda _engine: self._engine.dispose())
        is_postgresql = self._engine.dialect.name == "postgresql"
        self._question: _Question = (_Prepared if is_postgresql else _Plain)(self._engine)

    def find(self, token_hash: str) -> str | None:
        """None unless the token holds for good and the document needs no making.

        None also where the database was restarted: the view has a pool that notices, and pages
        for errors.
        """
        try:
            connection = self._engine.raw_connection()
        except self._engine.dialect.loaded_dbapi.Error:
            return None
        try:
            return self._question.ask(connection, token_hash)
        except self._engine.dialect.loaded_dbapi.Error:
            connection.invalidate()
            return None
        finally:
            connection.close()


class _Plain:
    """SQLite keeps the statement compiled by its text."""

    def __init__(self, engine: Engine) -> None:
        self.sql = str(_CURRENT.compile(engine))

    def ask(self, connection: PoolProxiedConnection, token_hash: str) -> str | None:
        cursor = connection.cursor()
        cursor.execute(self.sql, (token_hash,))
        found = cursor.fetchone()
        return str(found[0]) if found else None


class _Prepared:
    """A statement that each connection prepares as it opens, run by libpq in one call.

    psycopg's own cursor would wait in Python and hand the interpreter to and fro: twice as dear.
    """

    NAME = b"current_etag"

    def __init__(self, engine: Engine) -> None:
        dialect = PGDialect(paramstyle="numeric_dollar")
        self.sql = str(_CURRENT.compile(dialect=dialect)).encode()
        event.listen(engine, "connect", self._prepare)

    def _prepare(self, connection: "Connection[Any]", _record: object) -> None:
        connection.pgconn.prepare(self.NAME, self.sql)

    def ask(self, connection: PoolProxiedConnection, token_hash: str) -> str | None:
        from psycopg import OperationalError
        from psycopg.pq import ExecStatus

        libpq = cast("Connection[Any]", connection.driver_connection).pgconn
        answer = libpq.exec_prepared(self.NAME, [token_hash.encode()])
        if answer.status != ExecStatus.TUPLES_OK:
            raise OperationalError(answer.error_message.decode(errors="replace"))
        found = answer.get_value(0, 0) if answer.ntuples else None
        return found.decode() if found else None
