"""A door before Flask for the one question that 10,000 boxes ask every ten seconds: anything new?

It only ever says "you have it" (304). Every other answer, and every doubt, is left to the view
behind it. Flask, a session and the limiter would make this answer four times as dear
(tests/bench/bench_plan_304.py).
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask.sansio.blueprints import BlueprintSetupState
from werkzeug.http import parse_etags

from broadcast.boxes.current_etags import CurrentEtags
from broadcast.people.secrets import secret_hash

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATH = "/api/box/v1/plan"


class UnchangedPlans:
    def __init__(self, app: "WSGIApplication", etags: CurrentEtags) -> None:
        self.app = app
        self.etags = etags

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
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer":
            return None
        return self.etags.find(secret_hash(token.strip()))


def hang_door(state: BlueprintSetupState) -> None:
    """Puts the door before the application that the box interface is registered with."""
    app: Any = state.app
    engine = app.extensions["loa"].writing.kw["bind"]
    app.wsgi_app = UnchangedPlans(app.wsgi_app, CurrentEtags(engine))
