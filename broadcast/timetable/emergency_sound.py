"""The recording of an emergency: taken in once, kept while the rest of the form is put right."""

from dataclasses import dataclass
from typing import BinaryIO, cast

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import FileStorage

from audio.intake import take_upload
from broadcast import web

LONGEST_MS = 30 * 60 * 1000
"""Nobody listens to a longer warning; a longer file is a forgotten recorder."""
KEPT_FOR_S = 3600


@dataclass(frozen=True, slots=True)
class KeptSound:
    """A recording that lies in the uploads folder; `token` proves that we put it there."""

    name: str
    seconds: int
    token: str


def take_sound(sent: FileStorage) -> KeptSound:
    """:raises AudioError: it is no sound that can be aired."""
    settings = web.parts().settings
    settings.uploads_dir.mkdir(parents=True, exist_ok=True)
    taken = take_upload(
        cast("BinaryIO", sent.stream),
        folder=settings.uploads_dir,
        limit_bytes=settings.upload_limit_bytes,
        limit_ms=LONGEST_MS,
    )
    seconds = round(taken.measured.duration_ms / 1000)
    return KeptSound(taken.path.name, seconds, _seal().dumps([taken.path.name, seconds]))


def find_sound(token: str) -> KeptSound | None:
    """What an earlier attempt at the form brought; None for a foreign or old token."""
    try:
        name, seconds = _seal().loads(token, max_age=KEPT_FOR_S)
    except BadData:
        return None
    return KeptSound(name, seconds, token)


def _seal() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="emergency-sound")
