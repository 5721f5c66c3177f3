"""The test tone in a box's plan: five seconds at the level of speech.

It goes to the box as a session of its own in the plan document, so that any box that keeps the
protocol plays it and reports it; no airing is counted, because it is nobody's bulletin.
"""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from audio.tunes import Tune
from broadcast.boxes.models import Box
from broadcast.boxes.wire import instant
from broadcast.bulletins.models import AudioFile
from broadcast.desk import Desk

PURPOSE = f"tune:{Tune.TEST_TONE}"
GRACE_MS = 60_000
"""A box that comes back later shall not frighten the street with it."""


def with_tone(desk: Desk, box: Box, body: str, etag: str) -> tuple[str, str]:
    """The box's document with the tone in it while it is wanted; otherwise as it was."""
    if box.tone_at is None or box.tone_at < desk.now - timedelta(milliseconds=GRACE_MS):
        return body, etag
    sound = find_sound(desk)
    if sound is None:
        return body, etag
    session = _session(box.tone_at, session_id(box), sound)
    changed = hashlib.sha256(f"{etag}/{session['id']}".encode()).hexdigest()
    document = json.loads(body) | {"plan": changed[:16]}
    document["sessions"].append(session)
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")), changed


def _session(at: datetime, name: str, sound: AudioFile) -> dict[str, Any]:
    audio = {
        "url": f"/media/{sound.sha256}.mp3",
        "sha256": sound.sha256,
        "bytes": sound.bytes,
        "duration_ms": sound.duration_ms,
        "mime": "audio/mpeg",
    }
    line = {
        "airing": None,
        "kind": "link",
        "offset_ms": 0,
        "duration_ms": sound.duration_ms,
        "bulletin": None,
        "audio": audio,
        "gain_db": 0.0,
    }
    return {
        "id": name,
        "priority": "normal",
        "starts_at": instant(at),
        "late": {"mode": "whole", "grace_ms": GRACE_MS},
        "repeat": None,
        "running_order": [line],
    }


def session_id(box: Box) -> str:
    """Of the tone asked for last; at most 36 letters."""
    asked = f"{box.id}/{box.tone_at and box.tone_at.isoformat()}"
    return f"tone-{hashlib.sha256(asked.encode()).hexdigest()[:24]}"


def find_sound(desk: Desk) -> AudioFile | None:
    """None before the first tone of this station."""
    return desk.session.scalar(
        select(AudioFile)
        .where(
            AudioFile.station_id == desk.station_id,
            AudioFile.purpose == PURPOSE,
            AudioFile.removed_at.is_(None),
        )
        .limit(1)
    )
