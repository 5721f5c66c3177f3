"""Audio files by their hash: for boxes by token, for the console by sign-in."""

from http import HTTPStatus

from flask import Blueprint, Response, g, request, send_file
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from broadcast import web
from broadcast.boxes.identity import recognise_token
from broadcast.boxes.queries import find_audio
from broadcast.bulletins.storage import media_path
from broadcast.errors import NotFound

media = Blueprint("media", __name__, url_prefix="/media")

FOR_EVER_S = 365 * 24 * 3600


@media.get("/<sha256>.mp3")
def audio(sha256: str) -> Response:
    """For a box of a station that has this audio, or a person signed in there."""
    return send_audio(_station_id(), sha256)


@media.after_request
def name_the_scheme(response: Response) -> Response:
    if response.status_code == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="loa"'
    return response


def send_audio(station_id: str, sha256: str) -> Response:
    """Immutable: the name is the hash. Range, If-Range, 304 and 416 as RFC 9110 has them.

    :raises NotFound: no such audio at this station, or its bytes were cleared.
    """
    found = find_audio(web.session(), station_id, sha256)
    settings = web.parts().settings
    path = media_path(settings.media_dir, sha256)
    if found is None or not path.is_file():
        raise NotFound(sha256=sha256)
    if settings.accel_prefix:
        place = path.relative_to(settings.media_dir).as_posix()
        response = Response(content_type="audio/mpeg")
        response.headers["X-Accel-Redirect"] = f"{settings.accel_prefix.rstrip('/')}/{place}"
        response.set_etag(sha256)
    else:
        try:
            response = send_file(path, mimetype="audio/mpeg", etag=sha256, conditional=True)
        except RequestedRangeNotSatisfiable:
            response = Response(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            response.headers["Content-Range"] = f"bytes */{path.stat().st_size}"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = f"private, max-age={FOR_EVER_S}, immutable"
    return response


def _station_id() -> str:
    if request.headers.get("Authorization"):
        box = recognise_token(web.session(), request.headers["Authorization"], web.now())
        return box.station_id
    if g.get("actor") is not None:
        return web.desk().station_id
    return recognise_token(web.session(), "", web.now()).station_id
