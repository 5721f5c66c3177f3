"""Asking one box for a test tone from its page, and what it said of it."""

import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from audio.item import Clip, ItemOrder
from audio.render import render_item
from audio.tunes import Tune, tune_wav
from audio.types import Lufs
from broadcast.airlog.models import LogEntry
from broadcast.boxes.models import Box, PlanDocument
from broadcast.boxes.tokens import get_box, note_event
from broadcast.boxes.tone import GRACE_MS, PURPOSE, find_sound, session_id
from broadcast.bulletins.production import ensure_audio
from broadcast.bulletins.storage import keep_media
from broadcast.bulletins.studio import Studio
from broadcast.desk import Desk, use_case
from broadcast.people.rules import Right
from broadcast.people.trail import note_deed
from broadcast.stations.models import Station

LEAD = timedelta(seconds=30)
"""Two polls of a box (10 s each), and time to fetch 40 kB over a slow line."""
FORGOTTEN_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class ToneNews:
    """The last tone asked for. `row` is what the box reported of it, once it has."""

    at: datetime
    row: LogEntry | None
    is_over: bool


@use_case
def ask_for_tone(desk: Desk, box_id: str, studio: Studio) -> datetime:
    """The box plays the tone in half a minute; says when. The first time the sound is made.

    :raises NotFound: no such box at this station.
    """
    desk.actor.must(Right.ADMINISTER)
    box = get_box(desk, box_id)
    if find_sound(desk) is None:
        _make_sound(desk, studio)
    box.tone_at = desk.now + LEAD
    note_event(desk, box, "tone", f"{desk.actor.name} cho phát tiếng thử.")
    note_deed(desk, "boxes.tone", "box", box.id)
    document = desk.session.get(PlanDocument, box.id)
    if document is not None:
        document.stale = True
    return box.tone_at


def read_tone_news(desk: Desk, box: Box) -> ToneNews | None:
    """None when none was asked for lately."""
    if box.tone_at is None or box.tone_at < desk.now - FORGOTTEN_AFTER:
        return None
    row = desk.session.scalar(
        select(LogEntry)
        .where(LogEntry.box_id == box.id, LogEntry.session_id == session_id(box))
        .order_by(LogEntry.number.desc())
        .limit(1)
    )
    waited = desk.now > box.tone_at + timedelta(milliseconds=2 * GRACE_MS)
    return ToneNews(box.tone_at, row, row is not None or waited)


def _make_sound(desk: Desk, studio: Studio) -> None:
    station = desk.session.get_one(Station, desk.station_id)
    with tempfile.TemporaryDirectory(dir=studio.work_dir) as scratch:
        item = render_item(
            ItemOrder(
                clips=(Clip(tune_wav(Tune.TEST_TONE, studio.tunes_dir), "", 0, 0),),
                target_lufs=Lufs(station.loudness_lufs),
            ),
            folder=Path(scratch),
            progress=lambda _done, _total: None,
            cancelled=lambda: False,
        )
        keep_media(studio.media_dir, item.path, item.sha256)
    ensure_audio(desk, desk.station_id, item, PURPOSE)
