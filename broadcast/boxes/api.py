"""What boxes ask (protocol, Box)."""

from http import HTTPStatus

from flask import Blueprint, Response, jsonify, request

from broadcast import web
from broadcast.airlog.intake import accept_plays
from broadcast.boxes.documents import serve
from broadcast.boxes.identity import BoxIdentity, recognise_token
from broadcast.boxes.plans import build_plan
from broadcast.boxes.questions import find_plan, note_heartbeat
from broadcast.boxes.unchanged import hang_door
from broadcast.boxes.wire import MOST_BYTES, instant, read_batch, read_heartbeat
from broadcast.limiting import limiter, secret_bearer

api = Blueprint("box_api", __name__, url_prefix="/api/box/v1")
api.record_once(hang_door)

OFTEN = "240/minute"
"""A box sends 2 heartbeats a minute, and a month's journal of 10,000 rows in 20 batches."""


@api.after_request
def name_the_scheme(response: Response) -> Response:
    if response.status_code == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="loa"'
    response.headers.setdefault("Cache-Control", "no-store")
    return response


@api.get("/plan")
def plan() -> Response:
    """The document; `unchanged.py` answers most of those who have it already."""
    box = _box()
    found = find_plan(web.session(), box, web.now())
    body, etag = (found.body, found.etag) if found else _made_at_once(box)
    if request.if_none_match.contains(etag):
        return _with_etag(Response(status=HTTPStatus.NOT_MODIFIED), etag)
    text = serve(body, web.now(), web.parts().settings.box_poll_seconds)
    return _with_etag(Response(text, content_type="application/json"), etag)


@api.post("/plays")
@limiter.limit(OFTEN, key_func=secret_bearer, override_defaults=False)
def plays() -> Response:
    box = _box()
    request.max_content_length = MOST_BYTES
    answers = accept_plays(web.become(box.actor), box, read_batch(request.get_data()))
    return jsonify(
        server_time=instant(web.now()),
        results=[
            {"id": one.id, "status": one.status.value, "reason": one.reason or None}
            for one in answers
        ],
    )


@api.post("/heartbeat")
@limiter.limit(OFTEN, key_func=secret_bearer, override_defaults=False)
def heartbeat() -> Response:
    box = _box()
    request.max_content_length = MOST_BYTES
    note_heartbeat(web.become(box.actor), box, read_heartbeat(request.get_data()))
    return jsonify(server_time=instant(web.parts().clock()))


def _box() -> BoxIdentity:
    return recognise_token(web.session(), request.headers.get("Authorization", ""), web.now())


def _made_at_once(box: BoxIdentity) -> tuple[str, str]:
    """An emergency must not wait for a worker that speaks a two-hour text."""
    desk = web.writing_desk(box.actor)
    with desk.session:
        made = build_plan(desk, box.box_id)
        return made.body, made.etag


def _with_etag(response: Response, etag: str) -> Response:
    response.set_etag(etag)
    return response
