"""Sounds that frame a session: signature tunes, the opening and the closing words of the day."""

import tempfile
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from sqlalchemy import select

from audio.item import Clip, ItemOrder, RenderedItem
from audio.reading import split_for_speech
from audio.render import render_item
from audio.speech.base import Voice
from audio.speech.desk import SpeechDesk
from audio.tunes import tune_wav
from audio.types import Lufs
from broadcast.bulletins.models import AudioFile
from broadcast.bulletins.production import OpenDesk, ensure_audio
from broadcast.bulletins.reading import read_for, region_of
from broadcast.bulletins.storage import keep_media
from broadcast.bulletins.studio import Studio
from broadcast.desk import Desk, use_case
from broadcast.stations.models import Station
from broadcast.timetable.fallbacks import tunes_wished
from broadcast.timetable.models import SessionRow, SlotRow
from scheduler.timetable.wall_clock import local_day_of

SPEAK_AHEAD = timedelta(hours=48)
WEEKDAYS = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy")


class Frame(StrEnum):
    """The words around a session's items."""

    OPENING = "opening"
    CLOSING = "closing"


def prepare_frames(open_desk: OpenDesk, studio: Studio) -> int:
    """Make what sessions of the next two days still lack; says how many sounds were made.

    A second run finds them and makes nothing. Speech that fails leaves a session without its
    words, never without its bulletins: the error ends this job after the fill has been done.
    """
    with open_desk() as desk:
        station = desk.session.get_one(Station, desk.station_id)
        tunes = _missing_tunes(desk)
        words = _missing_words(desk, station)
        voice = studio.find_voice(station.speech_engine, station.speech_voice)
        loudness = station.loudness_lufs
        speech = studio.speech_of(region_of(station))
    for name in tunes:
        wav = tune_wav(name, studio.tunes_dir)
        item = _render(studio, (Clip(wav, "", 0, 0),), loudness)
        with open_desk() as desk:
            keep_tune(desk, name, item)
    for session_id, frame, text in words:
        item = _render(studio, _spoken(speech, text, voice), loudness)
        with open_desk() as desk:
            keep_words(desk, session_id, frame, item)
    return len(tunes) + len(words)


def _missing_tunes(desk: Desk) -> list[str]:
    slots = desk.session.scalars(select(SlotRow).where(SlotRow.station_id == desk.station_id)).all()
    wished = {slot.signature_tune for slot in slots if slot.signature_tune} | tunes_wished(slots)
    made = desk.session.scalars(
        select(AudioFile.purpose).where(
            AudioFile.station_id == desk.station_id, AudioFile.purpose.startswith("tune:")
        )
    )
    return sorted(wished - {purpose.removeprefix("tune:") for purpose in made})


def _missing_words(desk: Desk, station: Station) -> list[tuple[str, Frame, str]]:
    """Session, which of its words, and how they are read; the session that is next comes first."""
    rows = desk.session.execute(
        select(SessionRow, SlotRow.opening_words, SlotRow.closing_words)
        .join(SlotRow, SlotRow.id == SessionRow.slot_id)
        .where(
            SessionRow.station_id == desk.station_id,
            SessionRow.cancelled_at.is_(None),
            SessionRow.starts_at > desk.now,
            SessionRow.starts_at < desk.now + SPEAK_AHEAD,
        )
        .order_by(SessionRow.starts_at)
    ).all()
    return [
        (row.id, frame, read_for(desk, frame_text(words, station, row)).spoken)
        for row, opening, closing in rows
        for frame, words, made in (
            (Frame.OPENING, opening, row.opening_audio_id),
            (Frame.CLOSING, closing, row.closing_audio_id),
        )
        if words.strip() and made is None
    ]


def frame_text(pattern: str, station: Station, session: SessionRow) -> str:
    """`{ten_dai}`, `{xa}`, `{ngay}` and `{buoi}` filled in, as written."""
    written = pattern
    for mark, value in (
        ("{ten_dai}", station.name),
        ("{xa}", station.commune_name),
        ("{ngay}", _day_in_words(local_day_of(session.starts_at, station.time_zone))),
        ("{buoi}", session.name),
    ):
        written = written.replace(mark, value)
    return written


def _day_in_words(day: date) -> str:
    name = "Chủ nhật" if day.weekday() == 6 else f"thứ {WEEKDAYS[day.weekday()]}"
    return f"{name}, ngày {day:%d/%m/%Y}"


def _spoken(speech: SpeechDesk, text: str, voice: Voice) -> tuple[Clip, ...]:
    said = speech.speak(
        split_for_speech(text),
        voice=voice,
        speed_percent=100,
        progress=lambda _done, _total: None,
        cancelled=lambda: False,
    )
    return tuple(
        Clip(clip.path, clip.text, clip.pause_after_ms, number)
        for number, clip in enumerate(said.clips)
    )


def _render(studio: Studio, clips: tuple[Clip, ...], loudness: float) -> RenderedItem:
    with tempfile.TemporaryDirectory(dir=studio.work_dir) as scratch:
        item = render_item(
            ItemOrder(clips=clips, target_lufs=Lufs(loudness)),
            folder=Path(scratch),
            progress=lambda _done, _total: None,
            cancelled=lambda: False,
        )
        keep_media(studio.media_dir, item.path, item.sha256)
        return item


@use_case
def keep_tune(desk: Desk, name: str, item: RenderedItem) -> None:
    ensure_audio(desk, desk.station_id, item, f"tune:{name}")


@use_case
def keep_words(desk: Desk, session_id: str, frame: Frame, item: RenderedItem) -> None:
    audio = ensure_audio(desk, desk.station_id, item, frame.value)
    row = desk.session.get_one(SessionRow, session_id)
    if frame is Frame.OPENING:
        row.opening_audio_id = audio.id
    else:
        row.closing_audio_id = audio.id
