"""A door before Flask for the one question that 10,000 boxes ask every ten seconds: anything new?

It only ever says "you have it" (304), with one read of two indexed rows. Every other answer, and
every doubt, is left to the view behind it. Flask, a session and the limiter would make this
answer four times as dear (tests/bench/bench_plan_304.py).
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask.sansio.blueprints import BlueprintSetupState
from sqlalchemy import Engine, bindparam, create_engine, event, select
from werkzeug.http import parse_etags

from broadcast.boxes.models import BoxToken, PlanDocument
from broadcast.people.secrets import secret_hash

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATH = "/api/box/v1/plan"
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


class UnchangedPlans:
    """`engine` is only asked for its address and its end: the door reads by connections of its
    own, each statement for itself, so that a question is one round trip and no transaction.
    """

    def __init__(self, app: "WSGIApplication", engine: Engine) -> None:
        self.app = app
        self.engine = create_engine(
            engine.url, isolation_level="AUTOCOMMIT", pool_reset_on_return=None
        )
        event.listen(engine, "engine_disposed", lambda _engine: self.engine.dispose())
        compiled = _CURRENT.compile(self.engine)
        self.sql, self.is_positional = str(compiled), bool(compiled.positional)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if environ.get("PATH_INFO") == PATH and "HTTP_IF_NONE_MATCH" in environ:
            etag = self._current_etag(environ.get("HTTP_AUTHORIZATION", ""))
            if etag and parse_etags(environ["HTTP_IF_NONE_MATCH"]).contains(etag):
                headers = [("ETag", f'"{etag}"'), ("Cache-Control", "no-store")]
                start_response("304 NOT MODIFIED", headers)
                return ()
        return self.app(environ, start_response)

    def _current_etag(self, authorization: str) -> str | None:
        """None unless the token holds and the document needs no making."""
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer":
            return None
        digest = secret_hash(token.strip())
        found = self._read((digest,) if self.is_positional else {"token_hash": digest})
        return str(found[0]) if found else None

    def _read(self, given: Any) -> Any:
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(self.sql, given)
            return cursor.fetchone()
        except self.engine.dialect.loaded_dbapi.Error:
            # The database was restarted: the view has a pool that notices, and error pages.
            connection.invalidate()
            return None
        finally:
            connection.close()


def hang_door(state: BlueprintSetupState) -> None:
    """Puts the door before the application that the box interface is registered with."""
    app: Any = state.app
    app.wsgi_app = UnchangedPlans(app.wsgi_app, app.extensions["loa"].writing.kw["bind"])
