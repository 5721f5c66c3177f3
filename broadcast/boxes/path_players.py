"""For players nobody here wrote: `/p/<key>/…`, GET and HEAD alike.

Lists and joined sessions carry no loudness: the files are the station's immutable ones, levelled
alike, and neither M3U nor a join of frames can say a gain. The volumes of box, hour and slot reach
only players that read the plan; on the others the volume is set at the machine.
"""

from collections.abc import Iterable
from http import HTTPStatus

from flask import Blueprint, Response, request, send_file
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from broadcast import web
from broadcast.boxes.documents import PlannedSession
from broadcast.boxes.identity import BoxIdentity, recognise_key
from broadcast.boxes.media import send_audio
from broadcast.boxes.players import PlayerDay, calendar, joined_session, playlist, read_day
from broadcast.limiting import limiter, secret_bearer

players = Blueprint("players", __name__, url_prefix="/p")

OFTEN = "1200/minute"
"""A player that reloads its list for every item asks 20 times a second; above that it is told 429,
which costs us less than a list."""
SHORT_S = 5

limiter.limit(OFTEN, key_func=secret_bearer)(players)


@players.get("/<key>/today.m3u")
def today(key: str) -> Response:
    return _list(key, _day(_box(key)).today)


@players.get("/<key>/now.m3u")
def now(key: str) -> Response:
    """What is on at this moment; an empty list between sessions."""
    return _list(key, _day(_box(key)).on_now)


@players.get("/<key>/audio/<sha256>.mp3")
def audio(key: str, sha256: str) -> Response:
    return send_audio(_box(key).station_id, sha256)


@players.get("/<key>/session/<session_id>.mp3")
def session(key: str, session_id: str) -> Response:
    """A whole session as one file with exact times."""
    planned = _day(_box(key)).session(session_id)
    settings = web.parts().settings
    path = joined_session(planned, settings.media_dir, settings.data_dir / "programmes")
    try:
        response = send_file(path, mimetype="audio/mpeg", etag=path.stem, conditional=True)
    except RequestedRangeNotSatisfiable:
        response = Response(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        response.headers["Content-Range"] = f"bytes */{path.stat().st_size}"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@players.get("/<key>/schedule.ics")
def schedule(key: str) -> Response:
    day = _day(_box(key))
    return _text(calendar(day, day.sessions), "text/calendar")


def _box(key: str) -> BoxIdentity:
    return recognise_key(web.session(), key)


def _day(box: BoxIdentity) -> PlayerDay:
    return read_day(web.become(box.actor), box)


def _list(key: str, sessions: Iterable[PlannedSession]) -> Response:
    base_url = f"{web.own_address()}/p/{key}"
    return _text(playlist(sessions, base_url), "audio/x-mpegurl")


def _text(text: str, kind: str) -> Response:
    response = Response(text, content_type=f"{kind}; charset=utf-8")
    response.add_etag()
    response.headers["Cache-Control"] = f"private, max-age={SHORT_S}"
    response.make_conditional(request)
    return response
